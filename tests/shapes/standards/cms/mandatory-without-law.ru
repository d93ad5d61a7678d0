# expect: R4-Q29-basis sh:Warning
DELETE { <#project> koepel:participationModeMentee ?old }
INSERT { <#project> koepel:participationModeMentee participation-mode:mandatory }
WHERE { <#project> koepel:participationModeMentee ?old . }

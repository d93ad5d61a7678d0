# expect: Q29-basis sh:Violation
# expect: Q42-mentee sh:Warning at koepel:participationModeMentee
DELETE { <#project> koepel:participationModeMentee ?old }
INSERT { <#project> koepel:participationModeMentee participation-mode:mandatory-with-exceptions }
WHERE { <#project> koepel:participationModeMentee ?old . }

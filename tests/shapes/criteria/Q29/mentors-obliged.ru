# expect: Q29-mentor sh:Violation at koepel:participationModeMentor
DELETE { <#project> koepel:participationModeMentor ?old }
INSERT { <#project> koepel:participationModeMentor participation-mode:mandatory }
WHERE { <#project> koepel:participationModeMentor ?old . }

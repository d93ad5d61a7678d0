# expect: S02-participation sh:Violation at koepel:promotesParticipation
DELETE { <#project> koepel:promotesParticipation ?old }
INSERT { <#project> koepel:promotesParticipation false }
WHERE { <#project> koepel:promotesParticipation ?old . }

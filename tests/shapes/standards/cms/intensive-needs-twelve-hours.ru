# expect: R6-Q11-intensive-hours sh:Violation
DELETE { <#project> koepel:mentorTrainingHours ?old }
INSERT { <#project> koepel:mentorTrainingHours 11.0 }
WHERE { <#project> koepel:mentorTrainingHours ?old . }

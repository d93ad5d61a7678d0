# expect: Q11-hours sh:Violation at koepel:mentorTrainingHours
DELETE { <#project> koepel:mentorTrainingHours ?old }
INSERT { <#project> koepel:mentorTrainingHours 11.5 }
WHERE { <#project> koepel:mentorTrainingHours ?old . }

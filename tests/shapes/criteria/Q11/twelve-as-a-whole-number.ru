# expect: nothing
DELETE { <#project> koepel:mentorTrainingHours ?old }
INSERT { <#project> koepel:mentorTrainingHours 12 }
WHERE { <#project> koepel:mentorTrainingHours ?old . }

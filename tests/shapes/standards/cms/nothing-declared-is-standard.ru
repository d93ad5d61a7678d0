# expect: R6-Q11-standard-hours sh:Violation
DELETE { <#project> koepel:intensity ?intensity ; koepel:mentorTrainingHours ?hours }
INSERT { <#project> koepel:mentorTrainingHours 1.0 }
WHERE { <#project> koepel:intensity ?intensity ; koepel:mentorTrainingHours ?hours . }

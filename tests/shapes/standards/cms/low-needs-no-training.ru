# expect: nothing
DELETE { <#project> koepel:intensity ?intensity ; koepel:mentorTrainingHours ?hours }
INSERT { <#project> koepel:intensity intensity:low ; koepel:mentorTrainingHours 0.0 }
WHERE { <#project> koepel:intensity ?intensity ; koepel:mentorTrainingHours ?hours . }

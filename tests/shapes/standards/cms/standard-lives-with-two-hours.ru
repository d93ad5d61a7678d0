# expect: nothing
DELETE { <#project> koepel:intensity ?intensity ; koepel:mentorTrainingHours ?hours }
INSERT { <#project> koepel:intensity intensity:standard ; koepel:mentorTrainingHours 2.0 }
WHERE { <#project> koepel:intensity ?intensity ; koepel:mentorTrainingHours ?hours . }

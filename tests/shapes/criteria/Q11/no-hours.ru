# expect: Q11-hours sh:Violation at koepel:mentorTrainingHours
DELETE WHERE { <#project> koepel:mentorTrainingHours ?value . }

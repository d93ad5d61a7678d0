# expect: Q09-assessment sh:Warning at koepel:screening/koepel:screeningType
DELETE { <#project> koepel:screening ?part }
WHERE { <#project> koepel:screening ?part . ?part koepel:screeningType screening-type:references . }

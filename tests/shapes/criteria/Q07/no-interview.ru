# expect: Q07-interview sh:Violation at koepel:screening
DELETE { <#project> koepel:screening ?part }
WHERE { <#project> koepel:screening ?part . ?part koepel:screeningType screening-type:interview . }

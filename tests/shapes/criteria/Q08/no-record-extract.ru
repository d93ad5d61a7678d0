# expect: Q08-record sh:Violation
DELETE { <#project> koepel:screening ?part }
WHERE { <#project> koepel:screening ?part . ?part koepel:screeningType screening-type:criminal-record-extract . }

# expect: R3-Q08-adults-record sh:Warning
DELETE { <#project> koepel:screening ?part }
WHERE { <#project> koepel:screening ?part . ?part koepel:screeningType screening-type:criminal-record-extract . }

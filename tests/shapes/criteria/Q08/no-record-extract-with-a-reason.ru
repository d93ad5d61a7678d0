# expect: nothing
DELETE { ?part koepel:mandatory true }
INSERT { ?part koepel:mandatory false ; koepel:reason "Mentors never meet mentees alone."@en }
WHERE { <#project> koepel:screening ?part . ?part koepel:screeningType screening-type:criminal-record-extract . }

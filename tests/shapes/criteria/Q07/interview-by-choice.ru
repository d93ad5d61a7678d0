# expect: Q07-interview sh:Violation at koepel:screening
DELETE { ?part koepel:mandatory ?old }
INSERT { ?part koepel:mandatory false }
WHERE { <#project> koepel:screening ?part . ?part koepel:mandatory ?old . ?part koepel:screeningType screening-type:interview . }

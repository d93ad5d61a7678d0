# expect: Q05-intake sh:Violation at koepel:intake
DELETE { ?part koepel:mandatory ?old }
INSERT { ?part koepel:mandatory false }
WHERE { <#project> koepel:intake ?part . ?part koepel:mandatory ?old . }

# expect: S06-hours sh:Violation at koepel:commitment/koepel:totalHours
DELETE { ?part koepel:totalHours ?old }
INSERT { ?part koepel:totalHours 39.5 }
WHERE { <#project> koepel:commitment ?part . ?part koepel:totalHours ?old . }

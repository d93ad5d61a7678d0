# expect: R1-S06-hours sh:Violation at koepel:commitment/koepel:totalHours
DELETE { ?part koepel:totalHours ?old }
INSERT { ?part koepel:totalHours 39.0 }
WHERE { <#project> koepel:commitment ?part . ?part koepel:totalHours ?old . }

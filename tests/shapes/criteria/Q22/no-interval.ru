# expect: Q22-interval sh:Violation at koepel:followUp/koepel:contactIntervalDays
DELETE { ?part koepel:contactIntervalDays ?old }
WHERE { <#project> koepel:followUp ?part . ?part koepel:contactIntervalDays ?old . }

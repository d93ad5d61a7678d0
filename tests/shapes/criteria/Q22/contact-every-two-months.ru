# expect: Q22-interval sh:Violation at koepel:followUp/koepel:contactIntervalDays
DELETE { ?part koepel:contactIntervalDays ?old }
INSERT { ?part koepel:contactIntervalDays 60 }
WHERE { <#project> koepel:followUp ?part . ?part koepel:contactIntervalDays ?old . }

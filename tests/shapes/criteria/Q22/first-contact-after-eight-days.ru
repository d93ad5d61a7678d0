# expect: Q22-first sh:Violation at koepel:followUp/koepel:firstContactWithinDays
DELETE { ?part koepel:firstContactWithinDays ?old }
INSERT { ?part koepel:firstContactWithinDays 8 }
WHERE { <#project> koepel:followUp ?part . ?part koepel:firstContactWithinDays ?old . }

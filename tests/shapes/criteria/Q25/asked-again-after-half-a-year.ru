# expect: Q25-later sh:Warning at koepel:evaluation/koepel:followUpMonths
DELETE { ?part koepel:followUpMonths ?old }
INSERT { ?part koepel:followUpMonths 6.0 }
WHERE { <#project> koepel:evaluation ?part . ?part koepel:followUpMonths ?old . }

# expect: Q21-months sh:Violation at koepel:commitment/koepel:minimumMonths
DELETE { ?part koepel:minimumMonths ?old }
INSERT { ?part koepel:minimumMonths 7.5 }
WHERE { <#project> koepel:commitment ?part . ?part koepel:minimumMonths ?old . }

# expect: R5-Q21-months sh:Violation at koepel:commitment/koepel:minimumMonths
DELETE { ?part koepel:minimumMonths ?old }
INSERT { ?part koepel:minimumMonths 3.0 }
WHERE { <#project> koepel:commitment ?part . ?part koepel:minimumMonths ?old . }

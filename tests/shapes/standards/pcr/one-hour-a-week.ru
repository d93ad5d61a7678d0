# expect: R6-Q21-hours sh:Violation at koepel:commitment/koepel:hoursPerWeekMinimum
DELETE { ?part koepel:hoursPerWeekMinimum ?old }
INSERT { ?part koepel:hoursPerWeekMinimum 1.0 }
WHERE { <#project> koepel:commitment ?part . ?part koepel:hoursPerWeekMinimum ?old . }

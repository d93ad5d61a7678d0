# expect: Q21-frequency sh:Violation at koepel:commitment/koepel:meetingsPerMonth
DELETE { ?part koepel:meetingsPerMonth ?old }
INSERT { ?part koepel:meetingsPerMonth 3.0 }
WHERE { <#project> koepel:commitment ?part . ?part koepel:meetingsPerMonth ?old . }

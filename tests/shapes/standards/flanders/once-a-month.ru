# expect: R3-Q21-frequency sh:Warning at koepel:commitment/koepel:meetingsPerMonth
DELETE { ?part koepel:meetingsPerMonth ?old }
INSERT { ?part koepel:meetingsPerMonth 1.0 }
WHERE { <#project> koepel:commitment ?part . ?part koepel:meetingsPerMonth ?old . }

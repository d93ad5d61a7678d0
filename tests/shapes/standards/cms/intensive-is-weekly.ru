# expect: R8-Q21-intensive-frequency sh:Violation
DELETE { ?part koepel:meetingsPerMonth ?old }
INSERT { ?part koepel:meetingsPerMonth 2.0 }
WHERE { <#project> koepel:commitment ?part . ?part koepel:meetingsPerMonth ?old . }

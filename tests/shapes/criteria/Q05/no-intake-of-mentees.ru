# expect: Q05-intake sh:Violation at koepel:intake
# expect: Q05-instrument sh:Violation at koepel:intake
DELETE { ?part koepel:appliesTo ?old }
INSERT { ?part koepel:appliesTo party:mentor }
WHERE { <#project> koepel:intake ?part . ?part koepel:appliesTo ?old . }

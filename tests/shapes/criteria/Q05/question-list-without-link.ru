# expect: Q05-instrument sh:Violation at koepel:intake
DELETE { ?part schema:url ?old }
WHERE { <#project> koepel:intake/koepel:instrument ?part . ?part schema:url ?old . }

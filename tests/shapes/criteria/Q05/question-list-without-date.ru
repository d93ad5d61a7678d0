# expect: Q05-instrument sh:Violation at koepel:intake
DELETE { ?part dct:modified ?old }
WHERE { <#project> koepel:intake/koepel:instrument ?part . ?part dct:modified ?old . }

# expect: nothing
DELETE { ?part dct:modified ?old }
INSERT { ?part dct:modified "2019-01-01"^^xsd:date }
WHERE { <#project> koepel:policy/koepel:document ?part . ?part dct:modified ?old . FILTER NOT EXISTS { <#safeguarding> koepel:document ?part } }

# expect: Q43-revised sh:Warning on <#safeguarding>
DELETE { ?part dct:modified ?old }
INSERT { ?part dct:modified "2022-11-20"^^xsd:date }
WHERE { <#safeguarding> koepel:document ?part . ?part dct:modified ?old . }

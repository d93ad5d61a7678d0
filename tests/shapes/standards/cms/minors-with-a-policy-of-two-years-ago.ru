# expect: R9-Q43-minors-revised sh:Violation on <#safeguarding>
DELETE { ?part dct:modified ?old }
INSERT { <#project> dct:audience target-group:minor . ?part dct:modified "2024-11-21"^^xsd:date }
WHERE { <#safeguarding> koepel:document ?part . ?part dct:modified ?old . }

# expect: nothing
DELETE { ?part dct:modified ?old }
INSERT { ?part dct:modified "2024-11-21"^^xsd:date }
WHERE { <#project> koepel:recruitmentInformation ?part . ?part dct:modified ?old . }

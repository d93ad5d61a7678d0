# expect: Q10-recent sh:Violation at koepel:recruitmentInformation/dct:modified
DELETE { ?part dct:modified ?old }
INSERT { ?part dct:modified "2023-11-21"^^xsd:date }
WHERE { <#project> koepel:recruitmentInformation ?part . ?part dct:modified ?old . }

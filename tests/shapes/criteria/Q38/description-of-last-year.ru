# expect: Q38-recent sh:Warning at dct:modified
DELETE { <#project> dct:modified ?old }
INSERT { <#project> dct:modified "2025-11-20"^^xsd:date }
WHERE { <#project> dct:modified ?old . }

# expect: L08-modified sh:Violation at dct:modified
# expect: Q38-recent sh:Warning at dct:modified
DELETE { <#project> dct:modified ?old }
INSERT { <#project> dct:modified "2026-09-01T10:00:00"^^xsd:dateTime }
WHERE { <#project> dct:modified ?old . }

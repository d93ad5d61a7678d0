# expect: L01-title sh:Violation at dct:title
DELETE WHERE { <#project> dct:title ?value . }

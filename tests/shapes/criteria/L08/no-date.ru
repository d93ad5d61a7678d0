# expect: L08-modified sh:Violation at dct:modified
DELETE WHERE { <#project> dct:modified ?value . }

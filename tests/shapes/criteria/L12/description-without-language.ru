# expect: L12-language sh:Violation at (dct:title|dct:description)
INSERT DATA { <#project> dct:description "A bridge between people." . }

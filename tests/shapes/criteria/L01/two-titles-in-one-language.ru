# expect: L01-title sh:Violation at dct:title
INSERT DATA { <#project> dct:title "Another title"@en . }

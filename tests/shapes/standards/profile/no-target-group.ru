# expect: R2-Q02-audience sh:Violation at dct:audience
DELETE WHERE { <#project> dct:audience ?value . }

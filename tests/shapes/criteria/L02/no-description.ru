# expect: L02-description sh:Violation at dct:description
DELETE WHERE { <#project> dct:description ?value . }

# expect: L15-name sh:Violation on <#network> at foaf:name
DELETE WHERE { <#network> foaf:name ?value . }

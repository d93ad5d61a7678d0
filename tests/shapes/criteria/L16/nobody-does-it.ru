# expect: L16-actor sh:Violation on <#municipality-funds> at koepel:actor
DELETE WHERE { <#municipality-funds> koepel:actor ?value . }

# expect: L16-task sh:Violation on <#municipality-funds> at koepel:task
DELETE WHERE { <#municipality-funds> koepel:task ?value . }

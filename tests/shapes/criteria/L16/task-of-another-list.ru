# expect: L16-task sh:Violation on <#municipality-funds> at koepel:task
DELETE { <#municipality-funds> koepel:task ?old }
INSERT { <#municipality-funds> koepel:task activity:cooking }
WHERE { <#municipality-funds> koepel:task ?old . }

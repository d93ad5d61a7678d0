# expect: L16-programme sh:Violation on <#municipality-funds> at koepel:forProgramme
DELETE WHERE { <#municipality-funds> koepel:forProgramme ?value . }

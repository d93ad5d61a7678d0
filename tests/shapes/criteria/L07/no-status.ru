# expect: L07-status sh:Violation at koepel:status
DELETE WHERE { <#project> koepel:status ?value . }

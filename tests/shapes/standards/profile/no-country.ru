# expect: R2-L03-country sh:Violation at koepel:country
DELETE WHERE { <#project> koepel:country ?value . }

# expect: L03-country sh:Violation at koepel:country
DELETE { <#project> koepel:country ?old }
INSERT { <#project> koepel:country <https://example.org/belgium> }
WHERE { <#project> koepel:country ?old . }

# expect: Q30-role sh:Violation at koepel:roleDescription
DELETE WHERE { <#project> koepel:roleDescription ?value . }

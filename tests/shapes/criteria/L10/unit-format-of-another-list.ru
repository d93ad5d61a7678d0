# expect: L10-unit-format sh:Violation at koepel:unitFormat
INSERT DATA { <#project> koepel:unitFormat activity:cooking . }

# expect: L10-status sh:Violation at koepel:status
INSERT DATA { <#project> koepel:status activity:cooking . }

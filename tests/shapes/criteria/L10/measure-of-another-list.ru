# expect: L10-measure sh:Violation at koepel:observation/koepel:measure
INSERT { ?part koepel:measure activity:cooking }
WHERE { <#project> koepel:observation ?part . }

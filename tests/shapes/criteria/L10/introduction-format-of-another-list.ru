# expect: L10-introduction-format sh:Violation at koepel:matching/koepel:introductionFormat
INSERT { ?part koepel:introductionFormat activity:cooking }
WHERE { <#project> koepel:matching ?part . }

# expect: L10-evaluation-type sh:Violation at koepel:evaluation/koepel:evaluationType
INSERT { ?part koepel:evaluationType activity:cooking }
WHERE { <#project> koepel:evaluation ?part . }

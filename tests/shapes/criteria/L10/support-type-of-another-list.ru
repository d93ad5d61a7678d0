# expect: L10-support-type sh:Violation at koepel:supportOffer/koepel:supportType
INSERT { ?part koepel:supportType activity:cooking }
WHERE { <#project> koepel:supportOffer ?part . }

# expect: L10-funding-type sh:Violation at koepel:funding/koepel:fundingType
INSERT { ?part koepel:fundingType activity:cooking }
WHERE { <#project> koepel:funding ?part . }

# expect: L10-screening-type sh:Violation at koepel:screening/koepel:screeningType
INSERT { ?part koepel:screeningType activity:cooking }
WHERE { <#project> koepel:screening ?part . }

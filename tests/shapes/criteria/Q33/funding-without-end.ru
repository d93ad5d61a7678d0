# expect: Q33-funding sh:Violation at koepel:funding
DELETE { ?part koepel:endDate ?old }
WHERE { <#project> koepel:funding ?part . ?part koepel:endDate ?old . }

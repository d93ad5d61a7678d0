# expect: Q33-funding sh:Violation at koepel:funding
DELETE { ?part koepel:funder ?old }
WHERE { <#project> koepel:funding ?part . ?part koepel:funder ?old . }

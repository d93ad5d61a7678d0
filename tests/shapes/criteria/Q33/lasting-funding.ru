# expect: nothing
DELETE { ?part koepel:endDate ?old }
INSERT { ?part koepel:timeLimited false }
WHERE { <#project> koepel:funding ?part . ?part koepel:endDate ?old . }

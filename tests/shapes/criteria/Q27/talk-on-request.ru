# expect: nothing
DELETE { ?part koepel:exitInterview ?old }
INSERT { ?part koepel:exitInterview exit-interview:on-request }
WHERE { <#project> koepel:closure ?part . ?part koepel:exitInterview ?old . }

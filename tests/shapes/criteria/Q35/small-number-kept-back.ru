# expect: nothing
DELETE { ?part koepel:quantity ?old }
INSERT { ?part koepel:suppressed true }
WHERE { <#project> koepel:observation ?part . ?part koepel:quantity ?old . ?part koepel:measure measure:active-matches . }

# expect: R6-Q35-active sh:Warning at koepel:observation
DELETE { ?part koepel:quantity ?old }
INSERT { ?part koepel:quantity 0 }
WHERE { <#project> koepel:observation ?part . ?part koepel:quantity ?old . ?part koepel:measure measure:active-matches . }

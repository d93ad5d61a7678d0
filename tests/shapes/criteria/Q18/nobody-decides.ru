# expect: Q18-by sh:Violation at koepel:matching/koepel:matchedBy
DELETE { ?part koepel:matchedBy ?old }
WHERE { <#project> koepel:matching ?part . ?part koepel:matchedBy ?old . }

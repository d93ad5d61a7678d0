# expect: Q31-document sh:Violation at koepel:policy
DELETE { ?part schema:url ?old }
WHERE { <#safeguarding> koepel:document ?part . ?part schema:url ?old . }

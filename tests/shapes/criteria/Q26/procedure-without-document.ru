# expect: Q26-document sh:Violation at koepel:closure/koepel:document
DELETE { ?part koepel:document ?old }
WHERE { <#project> koepel:closure ?part . ?part koepel:document ?old . }

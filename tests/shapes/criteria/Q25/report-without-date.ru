# expect: Q25-report sh:Warning at koepel:evaluation
DELETE { ?part dct:issued ?old }
WHERE { <#project> koepel:evaluation/koepel:document ?part . ?part dct:issued ?old . }

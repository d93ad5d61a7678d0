# expect: Q23-document sh:Warning at koepel:followUp/koepel:instrument
DELETE { ?part dct:modified ?old }
WHERE { <#project> koepel:followUp/koepel:instrument ?part . ?part dct:modified ?old . }

# expect: Q23-instrument sh:Warning at koepel:followUp/koepel:instrument
DELETE { ?part koepel:instrument ?old }
WHERE { <#project> koepel:followUp ?part . ?part koepel:instrument ?old . }

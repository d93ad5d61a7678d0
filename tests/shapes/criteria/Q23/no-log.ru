# expect: Q23-log sh:Warning at koepel:followUp/koepel:registrationSystem
DELETE { ?part koepel:registrationSystem ?old }
WHERE { <#project> koepel:followUp ?part . ?part koepel:registrationSystem ?old . }

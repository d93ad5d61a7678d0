# expect: Q28-contact sh:Warning at koepel:closure/koepel:afterContactRule
DELETE { ?part koepel:afterContactRule ?old }
WHERE { <#project> koepel:closure ?part . ?part koepel:afterContactRule ?old . }

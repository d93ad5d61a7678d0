# expect: Q28-rematch sh:Warning at koepel:closure/koepel:rematchRule
DELETE { ?part koepel:rematchRule ?old }
WHERE { <#project> koepel:closure ?part . ?part koepel:rematchRule ?old . }

# expect: Q26-early sh:Violation at koepel:closure/koepel:coversEarlyEnding
DELETE { ?part koepel:coversEarlyEnding ?old }
WHERE { <#project> koepel:closure ?part . ?part koepel:coversEarlyEnding ?old . }

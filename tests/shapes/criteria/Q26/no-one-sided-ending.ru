# expect: Q26-one-sided sh:Violation at koepel:closure/koepel:coversOneSidedEnding
DELETE { ?part koepel:coversOneSidedEnding ?old }
WHERE { <#project> koepel:closure ?part . ?part koepel:coversOneSidedEnding ?old . }

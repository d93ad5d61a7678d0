# expect: Q26-planned sh:Violation at koepel:closure/koepel:coversPlannedEnding
DELETE { ?part koepel:coversPlannedEnding ?old }
INSERT { ?part koepel:coversPlannedEnding false }
WHERE { <#project> koepel:closure ?part . ?part koepel:coversPlannedEnding ?old . }

# expect: Q18-intake sh:Violation at koepel:matching/koepel:matchedAfterIntake
DELETE { ?part koepel:matchedAfterIntake ?old }
INSERT { ?part koepel:matchedAfterIntake false }
WHERE { <#project> koepel:matching ?part . ?part koepel:matchedAfterIntake ?old . }

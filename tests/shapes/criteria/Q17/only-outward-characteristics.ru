# expect: Q17-deep sh:Warning at koepel:matching/koepel:matchingRule/koepel:matchingCriterion
DELETE { ?part koepel:matchingCriterion ?old }
INSERT { ?part koepel:matchingCriterion matching-criterion:age }
WHERE { <#project> koepel:matching/koepel:matchingRule ?part . ?part koepel:matchingCriterion ?old . }

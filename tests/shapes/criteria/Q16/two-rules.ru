# expect: Q16-rules sh:Violation at koepel:matching/koepel:matchingRule
DELETE { ?part koepel:matchingRule ?old }
WHERE { <#project> koepel:matching ?part . ?part koepel:matchingRule ?old . ?old koepel:matchingCriterion matching-criterion:distance . }

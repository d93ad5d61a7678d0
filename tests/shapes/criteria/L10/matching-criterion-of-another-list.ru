# expect: L10-matching-criterion sh:Violation at koepel:matching/koepel:matchingRule/koepel:matchingCriterion
INSERT { ?part koepel:matchingCriterion activity:cooking }
WHERE { <#project> koepel:matching/koepel:matchingRule ?part . }

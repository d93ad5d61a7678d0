# expect: Q33-coordinator sh:Violation at koepel:coordinatorFullTimeEquivalent
DELETE { <#project> koepel:coordinatorFullTimeEquivalent ?old }
INSERT { <#project> koepel:coordinatorFullTimeEquivalent 0.0 }
WHERE { <#project> koepel:coordinatorFullTimeEquivalent ?old . }

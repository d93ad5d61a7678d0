# expect: Q44-matches sh:Warning at koepel:matchesPerFullTimeEquivalent
DELETE { <#project> koepel:matchesPerFullTimeEquivalent ?old }
INSERT { <#project> koepel:matchesPerFullTimeEquivalent 80.0 }
WHERE { <#project> koepel:matchesPerFullTimeEquivalent ?old . }

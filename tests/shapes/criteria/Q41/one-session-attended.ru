# expect: Q41-attended sh:Warning on <#intervision>
DELETE { <#intervision> koepel:sessionsExpected ?old }
INSERT { <#intervision> koepel:sessionsExpected 1 }
WHERE { <#intervision> koepel:sessionsExpected ?old . }

# expect: Q41-sessions sh:Warning on <#intervision>
DELETE { <#intervision> koepel:sessionsPerMatch ?old }
INSERT { <#intervision> koepel:sessionsPerMatch 2 }
WHERE { <#intervision> koepel:sessionsPerMatch ?old . }

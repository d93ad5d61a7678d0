# expect: L09-aspect sh:Violation on <#waiting-list> at koepel:aspect
DELETE { <#waiting-list> koepel:aspect ?old }
INSERT { <#waiting-list> koepel:aspect activity:cooking }
WHERE { <#waiting-list> koepel:aspect ?old . }

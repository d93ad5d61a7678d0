# expect: L09-aspect sh:Violation on <#waiting-list> at koepel:aspect
DELETE WHERE { <#waiting-list> koepel:aspect ?value . }

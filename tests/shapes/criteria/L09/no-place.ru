# expect: L09-locator sh:Violation on <#waiting-list> at koepel:locator
DELETE WHERE { <#waiting-list> koepel:locator ?value . }

# expect: L09-about sh:Violation on <#waiting-list> at koepel:about
DELETE WHERE { <#waiting-list> koepel:about ?value . }

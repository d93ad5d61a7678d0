# expect: L09-as-of sh:Violation on <#waiting-list> at koepel:asOf
DELETE WHERE { <#waiting-list> koepel:asOf ?value . }

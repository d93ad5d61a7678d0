# expect: R5-L09-source sh:Violation on <#waiting-list> at koepel:statedIn
DELETE WHERE { <#waiting-list> koepel:statedIn ?value . }

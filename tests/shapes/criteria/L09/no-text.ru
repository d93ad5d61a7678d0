# expect: L09-description sh:Violation on <#waiting-list> at dct:description
DELETE WHERE { <#waiting-list> dct:description ?value . }

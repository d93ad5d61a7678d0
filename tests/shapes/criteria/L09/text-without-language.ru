# expect: L09-description sh:Violation on <#waiting-list> at dct:description
INSERT DATA { <#waiting-list> dct:description "Nine on the list." . }

# expect: L05-publisher sh:Violation at dct:publisher
# expect: Q37-network sh:Warning
DELETE WHERE { <#project> dct:publisher ?value . }

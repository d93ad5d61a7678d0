# expect: Q37-network sh:Warning
DELETE WHERE { <#organisation> org:memberOf ?value . }

# expect: Q04-route sh:Violation at koepel:referralRoute
DELETE WHERE { <#project> koepel:referralRoute ?value . }

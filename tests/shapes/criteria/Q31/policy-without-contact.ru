# expect: Q31-contact sh:Violation at koepel:policy
DELETE WHERE { <#safeguarding> dcat:contactPoint ?value . }

# expect: Q15-contact sh:Violation at koepel:coordinatorContact
DELETE WHERE { <#contact> vcard:hasEmail ?value . }

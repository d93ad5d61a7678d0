# expect: R3-Q15-contact sh:Warning at koepel:coordinatorContact
DELETE WHERE { <#contact> vcard:hasEmail ?value . }

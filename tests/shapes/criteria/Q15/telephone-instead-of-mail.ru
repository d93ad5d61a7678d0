# expect: nothing
DELETE { <#contact> vcard:hasEmail ?old }
INSERT { <#contact> vcard:hasTelephone <tel:+32-000000> }
WHERE { <#contact> vcard:hasEmail ?old . }

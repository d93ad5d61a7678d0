# expect: L11-person sh:Violation on <#contact> at rdf:type
INSERT DATA { <#contact> a vcard:Individual . }

# expect: L11-person sh:Violation on <#somebody> at rdf:type
INSERT DATA { <#somebody> a foaf:Person . }

# expect: R7-L11-anyone-person sh:Violation on <#somebody> at rdf:type
INSERT DATA { <#somebody> a schema:Person . }

# expect: R1-L15-name sh:Violation on <#volunteers> at foaf:name
INSERT DATA { <#volunteers> a koepel:ActorGroup . }

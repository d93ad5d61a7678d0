# expect: L14-intensity sh:Violation at koepel:intensity
INSERT DATA { <#project> koepel:intensity intensity:low . }

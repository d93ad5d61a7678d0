# expect: Q16-rules sh:Violation at koepel:matching/koepel:matchingRule
DELETE { ?part koepel:bindingLevel ?old }
WHERE { <#project> koepel:matching/koepel:matchingRule ?part . ?part koepel:bindingLevel ?old . FILTER (?old = binding-level:recommended) }

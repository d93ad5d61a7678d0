# expect: L10-policy-type sh:Violation at koepel:policy/koepel:policyType
INSERT { ?part koepel:policyType activity:cooking }
WHERE { <#project> koepel:policy ?part . }

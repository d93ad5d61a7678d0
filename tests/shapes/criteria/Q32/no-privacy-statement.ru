# expect: Q32-policy sh:Violation at koepel:policy/koepel:policyType
# expect: Q32-document sh:Violation at koepel:policy
DELETE { <#project> koepel:policy ?part }
WHERE { <#project> koepel:policy ?part . ?part koepel:policyType policy-type:privacy . }

# expect: Q34-policy sh:Warning at koepel:policy/koepel:policyType
# expect: Q34-document sh:Warning at koepel:policy
DELETE { <#project> koepel:policy ?part }
WHERE { <#project> koepel:policy ?part . ?part koepel:policyType policy-type:insurance . }

# expect: Q31-policy sh:Violation at koepel:policy/koepel:policyType
# expect: Q31-contact sh:Violation at koepel:policy
# expect: Q31-document sh:Violation at koepel:policy
DELETE DATA { <#project> koepel:policy <#safeguarding> . }

# expect: Q32-document sh:Violation at koepel:policy
DELETE { ?document dct:modified ?old }
WHERE {
  <#project> koepel:policy ?part .
  ?part koepel:policyType policy-type:privacy .
  ?part koepel:document ?document .
  ?document dct:modified ?old .
}

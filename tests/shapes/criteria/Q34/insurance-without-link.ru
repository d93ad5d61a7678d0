# expect: Q34-document sh:Warning at koepel:policy
DELETE { ?document schema:url ?old }
WHERE {
  <#project> koepel:policy ?part .
  ?part koepel:policyType policy-type:insurance .
  ?part koepel:document ?document .
  ?document schema:url ?old .
}

# expect: L06-contact sh:Violation at (foaf:homepage|foaf:page|dcat:contactPoint|koepel:coordinatorContact)
# expect: Q04-contact sh:Violation at (dcat:contactPoint|koepel:coordinatorContact)
# expect: Q15-contact sh:Violation at koepel:coordinatorContact
DELETE { <#project> ?link ?old }
WHERE {
  <#project> ?link ?old .
  FILTER (?link IN (foaf:homepage, dcat:contactPoint, koepel:coordinatorContact))
}

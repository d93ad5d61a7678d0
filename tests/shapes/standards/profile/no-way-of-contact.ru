# expect: R3-L06-contact sh:Warning at (foaf:homepage|foaf:page|dcat:contactPoint|koepel:coordinatorContact)
DELETE { <#project> ?link ?old }
WHERE {
  <#project> ?link ?old .
  FILTER (?link IN (foaf:homepage, dcat:contactPoint, koepel:coordinatorContact))
}

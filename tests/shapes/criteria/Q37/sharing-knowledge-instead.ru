# expect: nothing
DELETE { <#organisation> org:memberOf ?network }
INSERT {
  <#shares-knowledge> a koepel:TaskAssignment ;
    koepel:actor <#organisation> ;
    koepel:task task:share-knowledge ;
    koepel:forProgramme <#project> .
}
WHERE { <#organisation> org:memberOf ?network . }

# expect: Q04-contact sh:Violation at (dcat:contactPoint|koepel:coordinatorContact)
# expect: Q15-contact sh:Violation at koepel:coordinatorContact
DELETE { <#project> ?link <#contact> }
WHERE { <#project> ?link <#contact> . }

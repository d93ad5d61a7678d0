# expect: Q08-record sh:Violation
DELETE { ?part koepel:mandatory true }
INSERT {
  ?part koepel:mandatory false ; koepel:reason "Mentors never meet mentees alone."@en .
  <#project> dct:audience target-group:minor .
}
WHERE { <#project> koepel:screening ?part . ?part koepel:screeningType screening-type:criminal-record-extract . }

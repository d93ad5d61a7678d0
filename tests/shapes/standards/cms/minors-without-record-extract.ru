# expect: R3-Q08-minors-record sh:Violation
DELETE { <#project> koepel:screening ?part }
INSERT { <#project> dct:audience target-group:unaccompanied-minor }
WHERE { <#project> koepel:screening ?part . ?part koepel:screeningType screening-type:criminal-record-extract . }

# expect: R9-Q31-minors-contact sh:Violation
# expect: R9-Q31-minors-document sh:Violation
# expect: R9-Q31-minors-policy sh:Violation
DELETE DATA { <#project> koepel:policy <#safeguarding> . } ;
INSERT DATA { <#project> dct:audience target-group:minor . }

# expect: R9-Q31-adults-contact sh:Warning
# expect: R9-Q31-adults-document sh:Warning
# expect: R9-Q31-adults-policy sh:Warning
DELETE DATA { <#project> koepel:policy <#safeguarding> . }

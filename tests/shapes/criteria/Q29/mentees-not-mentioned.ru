# expect: Q29-mentee sh:Violation at koepel:participationModeMentee
# expect: Q42-mentee sh:Warning at koepel:participationModeMentee
DELETE WHERE { <#project> koepel:participationModeMentee ?value . }

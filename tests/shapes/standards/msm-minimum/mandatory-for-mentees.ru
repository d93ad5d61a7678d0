# expect: R1-Q42-mentee sh:Violation at koepel:participationModeMentee
DELETE { <#project> koepel:participationModeMentee ?old }
INSERT {
  <#project>
    koepel:participationModeMentee participation-mode:mandatory ;
    koepel:legalBasis <https://example.org/decree> .
}
WHERE { <#project> koepel:participationModeMentee ?old . }

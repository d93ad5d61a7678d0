# expect: nothing
DELETE { <#project> koepel:participationModeMentee ?old }
INSERT {
  <#project>
    koepel:participationModeMentee participation-mode:mandatory-with-exceptions ;
    koepel:legalBasis <https://example.org/decree> .
}
WHERE { <#project> koepel:participationModeMentee ?old . }

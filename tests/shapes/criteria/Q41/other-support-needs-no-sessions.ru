# expect: nothing
INSERT DATA {
  <#project> koepel:supportOffer <#social-event> .
  <#social-event> a koepel:SupportOffer ; koepel:supportType support-type:social-event ; koepel:sessionsPerMatch 1 .
}

# expect: Q14-offer sh:Violation at koepel:supportOffer/koepel:supportType
# expect: Q40-intervision sh:Warning at koepel:supportOffer/koepel:supportType
DELETE { <#project> koepel:supportOffer ?part }
INSERT { <#project> koepel:supportOffer [ a koepel:SupportOffer ; koepel:supportType support-type:newsletter ] }
WHERE { <#project> koepel:supportOffer ?part . }

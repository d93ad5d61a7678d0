# expect: Q40-intervision sh:Warning at koepel:supportOffer/koepel:supportType
DELETE DATA { <#project> koepel:supportOffer <#intervision> . }

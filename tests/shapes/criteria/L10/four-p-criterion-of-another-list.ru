# expect: L10-four-p-criterion sh:Violation at koepel:fourPCriterion
INSERT DATA { <#project> koepel:fourPCriterion activity:cooking . }

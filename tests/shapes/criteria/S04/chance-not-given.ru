# expect: S04-chance sh:Violation at koepel:fourPCriterion
DELETE DATA { <#project> koepel:fourPCriterion four-p-criterion:meet-people . }

# expect: Q01-objective sh:Violation at koepel:objective
DELETE WHERE { <#project> koepel:objective ?value . }

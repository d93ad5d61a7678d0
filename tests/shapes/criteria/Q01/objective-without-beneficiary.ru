# expect: Q01-complete sh:Violation at koepel:objective
DELETE { ?part koepel:beneficiarySide ?old }
WHERE { <#project> koepel:objective ?part . ?part koepel:beneficiarySide ?old . FILTER (?old = beneficiary-side:newcomer) }

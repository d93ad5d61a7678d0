# expect: L10-beneficiary-side sh:Violation at koepel:objective/koepel:beneficiarySide
# expect: Q01-complete sh:Violation at koepel:objective
DELETE { ?part koepel:beneficiarySide ?old }
INSERT { ?part koepel:beneficiarySide activity:cooking }
WHERE { <#project> koepel:objective ?part . ?part koepel:beneficiarySide ?old . FILTER (?old = beneficiary-side:newcomer) }

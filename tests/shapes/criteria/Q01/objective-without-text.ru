# expect: Q01-complete sh:Violation at koepel:objective
DELETE { ?part dct:description ?old }
WHERE { <#project> koepel:objective ?part . ?part dct:description ?old . ?part koepel:beneficiarySide beneficiary-side:newcomer . }

# expect: Q24-survey sh:Violation at koepel:evaluation
DELETE { ?part koepel:intervalMonths ?old }
WHERE { <#project> koepel:evaluation ?part . ?part koepel:intervalMonths ?old . }

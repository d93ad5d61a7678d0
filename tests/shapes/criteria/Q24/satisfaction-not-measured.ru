# expect: Q24-satisfaction sh:Violation at koepel:evaluation/koepel:evaluatesAspect
DELETE { ?part koepel:evaluatesAspect ?old }
WHERE { <#project> koepel:evaluation ?part . ?part koepel:evaluatesAspect ?old . FILTER (?old = evaluation-domain:satisfaction) }

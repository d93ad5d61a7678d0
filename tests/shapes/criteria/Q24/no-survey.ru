# expect: Q24-survey sh:Violation at koepel:evaluation
DELETE { ?part koepel:evaluationType ?old }
INSERT { ?part koepel:evaluationType evaluation-type:interim }
WHERE { <#project> koepel:evaluation ?part . ?part koepel:evaluationType ?old . ?part koepel:evaluationType evaluation-type:participant-survey . }

# expect: nothing
DELETE { ?part koepel:evaluationType ?old ; koepel:followUpMonths ?months }
INSERT { ?part koepel:evaluationType evaluation-type:external }
WHERE { <#project> koepel:evaluation ?part . ?part koepel:evaluationType ?old ; koepel:followUpMonths ?months . }

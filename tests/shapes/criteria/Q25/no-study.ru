# expect: Q25-study sh:Warning at koepel:evaluation
# expect: Q25-report sh:Warning at koepel:evaluation
DELETE { <#project> koepel:evaluation ?part }
WHERE { <#project> koepel:evaluation ?part . ?part koepel:evaluationType evaluation-type:follow-up . }

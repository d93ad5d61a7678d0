# expect: Q35-cycle sh:Violation at koepel:observation
DELETE { <#project> koepel:observation ?part }
WHERE { <#project> koepel:observation ?part . ?part koepel:measure measure:completed-cohorts . }

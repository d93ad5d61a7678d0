# expect: Q13-mentee sh:Violation at koepel:training
DELETE { <#project> koepel:training ?part }
WHERE { <#project> koepel:training ?part . ?part koepel:appliesTo party:mentee . }

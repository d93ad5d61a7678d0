# expect: Q20-agreement sh:Violation at koepel:commitment/koepel:agreementDocument
DELETE { ?part koepel:agreementDocument ?old }
WHERE { <#project> koepel:commitment ?part . ?part koepel:agreementDocument ?old . }

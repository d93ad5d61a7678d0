# expect: Q20-document sh:Violation at koepel:commitment/koepel:agreementDocument
DELETE { ?part dct:modified ?old }
WHERE { <#project> koepel:commitment/koepel:agreementDocument ?part . ?part dct:modified ?old . }

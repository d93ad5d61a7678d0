# expect: R4-Q19-introduction sh:Violation at koepel:matching/koepel:introductionFormat
DELETE { ?part koepel:introductionFormat ?old }
INSERT { ?part koepel:introductionFormat introduction-format:individual-self-organised }
WHERE { <#project> koepel:matching ?part . ?part koepel:introductionFormat ?old . }

# expect: Q22-mentors sh:Violation at koepel:followUp/koepel:followsParty
DELETE { ?part koepel:followsParty ?old }
INSERT { ?part koepel:followsParty party:mentee }
WHERE { <#project> koepel:followUp ?part . ?part koepel:followsParty ?old . }

# expect: Q22-mentees sh:Violation at koepel:followUp/koepel:followsParty
DELETE { ?part koepel:followsParty ?old }
INSERT { ?part koepel:followsParty party:mentor }
WHERE { <#project> koepel:followUp ?part . ?part koepel:followsParty ?old . }

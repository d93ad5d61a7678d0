# expect: nothing
DELETE { ?part koepel:followsParty ?old }
INSERT { ?part koepel:followsParty party:mentor, party:mentee }
WHERE { <#project> koepel:followUp ?part . ?part koepel:followsParty ?old . }

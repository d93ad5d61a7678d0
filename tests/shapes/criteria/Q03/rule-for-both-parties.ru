# expect: nothing
DELETE { ?part koepel:appliesTo party:mentee }
INSERT { ?part koepel:appliesTo party:both-parties }
WHERE { <#project> koepel:eligibility ?part . ?part koepel:appliesTo party:mentee ; koepel:polarity eligibility-polarity:accept . }

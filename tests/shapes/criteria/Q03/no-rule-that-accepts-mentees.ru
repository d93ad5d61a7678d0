# expect: Q03-accept sh:Violation at koepel:eligibility
DELETE { <#project> koepel:eligibility ?part }
WHERE { <#project> koepel:eligibility ?part . ?part koepel:appliesTo party:mentee ; koepel:polarity eligibility-polarity:accept . }

# expect: Q03-accept sh:Violation at koepel:eligibility
DELETE { ?part dct:description ?old }
WHERE { <#project> koepel:eligibility ?part . ?part dct:description ?old . ?part koepel:appliesTo party:mentee ; koepel:polarity eligibility-polarity:accept . }

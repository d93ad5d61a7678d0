# expect: Q06-accept sh:Violation at koepel:eligibility
DELETE { <#project> koepel:eligibility ?part }
WHERE { <#project> koepel:eligibility ?part . ?part koepel:appliesTo party:mentor ; koepel:polarity eligibility-polarity:accept . }

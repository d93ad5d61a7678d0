# expect: Q39-exclude sh:Warning at koepel:eligibility
DELETE { <#project> koepel:eligibility ?part }
WHERE { <#project> koepel:eligibility ?part . ?part koepel:appliesTo party:mentee ; koepel:polarity eligibility-polarity:exclude . }

# expect: R3-Q06-exclude sh:Violation at koepel:eligibility
# expect: R4-Q06-exclude sh:Violation at koepel:eligibility
DELETE { <#project> koepel:eligibility ?part }
WHERE { <#project> koepel:eligibility ?part . ?part koepel:appliesTo party:mentor ; koepel:polarity eligibility-polarity:exclude . }

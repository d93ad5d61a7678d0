# expect: R4-Q46-fewest sh:Violation at koepel:mentorsMinimum
DELETE { <#project> koepel:mentorsMinimum ?old }
INSERT { <#project> koepel:mentorsMinimum 1 }
WHERE { <#project> koepel:mentorsMinimum ?old . }

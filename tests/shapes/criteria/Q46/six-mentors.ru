# expect: Q46-most sh:Warning at koepel:mentorsMaximum
DELETE { <#project> koepel:mentorsMaximum ?old }
INSERT { <#project> koepel:mentorsMaximum 6 }
WHERE { <#project> koepel:mentorsMaximum ?old . }

# expect: R1-S01-language sh:Violation at koepel:languageContext
DELETE { <#project> koepel:languageContext ?old }
INSERT { <#project> koepel:languageContext language:FRA }
WHERE { <#project> koepel:languageContext ?old . }

# expect: S01-language sh:Violation at koepel:languageContext
DELETE { <#project> koepel:languageContext ?old }
INSERT { <#project> koepel:languageContext language:ARA }
WHERE { <#project> koepel:languageContext ?old . }

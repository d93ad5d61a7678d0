# expect: R2-L03-country sh:Violation at koepel:country
DELETE { <#project> a koepel:Project ; koepel:country ?country }
INSERT { <#project> a koepel:Platform }
WHERE { <#project> koepel:country ?country . }

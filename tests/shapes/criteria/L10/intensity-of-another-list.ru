# expect: L10-intensity sh:Violation at koepel:intensity
DELETE { <#project> koepel:intensity ?old }
INSERT { <#project> koepel:intensity activity:cooking }
WHERE { <#project> koepel:intensity ?old . }

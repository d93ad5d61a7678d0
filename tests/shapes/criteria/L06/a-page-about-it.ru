# expect: nothing
DELETE { <#project> foaf:homepage ?old }
INSERT { <#project> foaf:page ?old }
WHERE { <#project> foaf:homepage ?old . }

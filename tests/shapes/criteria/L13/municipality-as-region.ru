# expect: L13-region sh:Violation at koepel:region
DELETE { <#project> koepel:region ?old }
INSERT { <#project> koepel:region <http://data.europa.eu/nuts/code/BE23444021> }
WHERE { <#project> koepel:region ?old . }

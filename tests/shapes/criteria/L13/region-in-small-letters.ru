# expect: L13-region sh:Violation at koepel:region
DELETE { <#project> koepel:region ?old }
INSERT { <#project> koepel:region <http://data.europa.eu/nuts/code/be2> }
WHERE { <#project> koepel:region ?old . }

# expect: nothing
DELETE { <#project> koepel:region ?old }
INSERT { <#project> koepel:region <http://data.europa.eu/nuts/code/BE> }
WHERE { <#project> koepel:region ?old . }

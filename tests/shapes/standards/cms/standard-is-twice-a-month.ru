# expect: nothing
DELETE { <#project> koepel:intensity ?intensity . ?part koepel:meetingsPerMonth ?old }
INSERT { <#project> koepel:intensity intensity:standard . ?part koepel:meetingsPerMonth 2.0 }
WHERE { <#project> koepel:intensity ?intensity ; koepel:commitment ?part . ?part koepel:meetingsPerMonth ?old . }

# expect: L05-publisher sh:Violation at dct:publisher
DELETE { <#project> dct:publisher ?old }
INSERT { <#project> dct:publisher [ org:memberOf <#network> ] }
WHERE { <#project> dct:publisher ?old . }

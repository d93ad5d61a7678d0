# expect: Q30-documents sh:Violation at (koepel:roleDescription|koepel:referralList)
DELETE { ?part schema:url ?old }
WHERE { <#project> koepel:referralList ?part . ?part schema:url ?old . }

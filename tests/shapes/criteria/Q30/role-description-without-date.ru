# expect: Q30-documents sh:Violation at (koepel:roleDescription|koepel:referralList)
DELETE { ?part dct:modified ?old }
WHERE { <#project> koepel:roleDescription ?part . ?part dct:modified ?old . }

# expect: Q10-recent sh:Violation at koepel:recruitmentInformation/dct:modified
DELETE { ?part dct:modified ?old }
WHERE { <#project> koepel:recruitmentInformation ?part . ?part dct:modified ?old . }

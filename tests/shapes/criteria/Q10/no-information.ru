# expect: Q10-information sh:Violation at koepel:recruitmentInformation
# expect: Q10-recent sh:Violation at koepel:recruitmentInformation/dct:modified
DELETE WHERE { <#project> koepel:recruitmentInformation ?value . }

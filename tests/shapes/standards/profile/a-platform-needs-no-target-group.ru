# expect: nothing
DELETE { <#project> a koepel:Project ; dct:audience ?group }
INSERT { <#project> a koepel:Platform }
WHERE { <#project> dct:audience ?group . }

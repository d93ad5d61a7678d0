# expect: nothing
INSERT DATA { <#project> koepel:languageContext language:ARA . }

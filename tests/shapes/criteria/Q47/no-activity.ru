# expect: Q47-activity sh:Warning at koepel:offersActivity
DELETE WHERE { <#project> koepel:offersActivity ?value . }

# expect: R2-Q47-activity sh:Violation at koepel:offersActivity
DELETE WHERE { <#project> koepel:offersActivity ?value . }

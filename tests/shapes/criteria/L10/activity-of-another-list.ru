# expect: L10-activity sh:Violation at koepel:offersActivity
INSERT DATA { <#project> koepel:offersActivity target-group:family . }

# expect: L10-participation-mode sh:Violation at (koepel:participationModeMentor|koepel:participationModeMentee)
INSERT DATA { <#project> koepel:participationModeMentor activity:cooking . }

# expect: L10-support-orientation sh:Violation at koepel:supportOrientation
INSERT DATA { <#project> koepel:supportOrientation activity:cooking . }

# expect: L10-trajectory-type sh:Violation at koepel:trajectoryType
INSERT DATA { <#project> koepel:trajectoryType activity:cooking . }

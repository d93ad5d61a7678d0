# expect: L10-time-horizon sh:Violation at koepel:timeHorizon
INSERT DATA { <#project> koepel:timeHorizon activity:cooking . }

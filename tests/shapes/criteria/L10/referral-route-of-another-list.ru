# expect: L10-referral-route sh:Violation at koepel:referralRoute
INSERT DATA { <#project> koepel:referralRoute activity:cooking . }

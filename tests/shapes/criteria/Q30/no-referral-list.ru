# expect: Q30-referral sh:Violation at koepel:referralList
DELETE WHERE { <#project> koepel:referralList ?value . }

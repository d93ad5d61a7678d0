# expect: Q29-unpaid sh:Violation at koepel:mentorsUnpaid
DELETE { <#project> koepel:mentorsUnpaid ?old }
INSERT { <#project> koepel:mentorsUnpaid false }
WHERE { <#project> koepel:mentorsUnpaid ?old . }

# expect: R2-Q45-age sh:Violation at koepel:minimumMentorAge
DELETE { <#project> koepel:minimumMentorAge ?old }
INSERT { <#project> koepel:minimumMentorAge 18 }
WHERE { <#project> koepel:minimumMentorAge ?old . }

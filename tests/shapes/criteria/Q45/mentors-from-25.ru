# expect: Q45-age sh:Warning at koepel:minimumMentorAge
DELETE { <#project> koepel:minimumMentorAge ?old }
INSERT { <#project> koepel:minimumMentorAge 25 }
WHERE { <#project> koepel:minimumMentorAge ?old . }

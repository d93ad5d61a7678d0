# expect: Q45-age sh:Warning at koepel:minimumMentorAge
DELETE WHERE { <#project> koepel:minimumMentorAge ?value . }

# expect: R2-Q21-meetings sh:Violation at koepel:commitment/koepel:minimumMeetings
DELETE { ?part koepel:minimumMeetings ?old }
INSERT { ?part koepel:minimumMeetings 2 }
WHERE { <#project> koepel:commitment ?part . ?part koepel:minimumMeetings ?old . }

# expect: nothing
DELETE { ?part koepel:minimumMeetings ?old }
INSERT { ?part koepel:minimumMeetings 3 }
WHERE { <#project> koepel:commitment ?part . ?part koepel:minimumMeetings ?old . }

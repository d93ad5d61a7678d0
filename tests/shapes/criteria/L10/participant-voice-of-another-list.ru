# expect: L10-participant-voice sh:Violation at koepel:participantVoice
INSERT DATA { <#project> koepel:participantVoice activity:cooking . }

# expect: Q36-voice sh:Warning at koepel:participantVoice
DELETE WHERE { <#project> koepel:participantVoice ?value . }

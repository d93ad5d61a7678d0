# expect: L10-follow-up-channel sh:Violation at koepel:followUp/koepel:followUpChannel
INSERT { ?part koepel:followUpChannel activity:cooking }
WHERE { <#project> koepel:followUp ?part . }

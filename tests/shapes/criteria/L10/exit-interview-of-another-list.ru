# expect: L10-exit-interview sh:Violation at koepel:closure/koepel:exitInterview
INSERT { ?part koepel:exitInterview activity:cooking }
WHERE { <#project> koepel:closure ?part . }

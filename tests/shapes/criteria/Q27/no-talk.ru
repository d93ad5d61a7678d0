# expect: Q27-talk sh:Violation at koepel:closure/koepel:exitInterview
DELETE { ?part koepel:exitInterview ?old }
INSERT { ?part koepel:exitInterview exit-interview:none }
WHERE { <#project> koepel:closure ?part . ?part koepel:exitInterview ?old . }

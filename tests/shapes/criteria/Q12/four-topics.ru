# expect: Q12-topics sh:Warning at koepel:training/koepel:trainingTopic
DELETE { ?part koepel:trainingTopic ?old }
WHERE { <#project> koepel:training ?part . ?part koepel:trainingTopic ?old . FILTER (?old IN (training-topic:goals, training-topic:safety, training-topic:closure)) }

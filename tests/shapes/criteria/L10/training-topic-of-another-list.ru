# expect: L10-training-topic sh:Violation at koepel:training/koepel:trainingTopic
INSERT { ?part koepel:trainingTopic activity:cooking }
WHERE { <#project> koepel:training ?part . }

# expect: nothing
DELETE {
  ?first koepel:trainingTopic training-topic:goals, training-topic:safety, training-topic:closure .
}
INSERT { <#project> koepel:training [ a koepel:Training ; koepel:trainingTopic training-topic:closure ] }
WHERE { <#project> koepel:training ?first . ?first koepel:appliesTo party:mentor . }

# expect: nothing
DELETE { ?part ?property ?old }
INSERT { ?part koepel:minimumMeetings 1 }
WHERE {
  <#project> koepel:commitment ?part .
  ?part ?property ?old .
  FILTER (?property IN (
    koepel:minimumMeetings, koepel:minimumMonths, koepel:meetingsPerMonth, koepel:hoursPerWeekMinimum
  ))
}

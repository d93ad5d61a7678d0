# expect: Q21-stated sh:Violation
DELETE { ?part ?property ?old }
WHERE {
  <#project> koepel:commitment ?part .
  ?part ?property ?old .
  FILTER (?property IN (
    koepel:minimumMeetings, koepel:minimumMonths, koepel:meetingsPerMonth, koepel:hoursPerWeekMinimum
  ))
}

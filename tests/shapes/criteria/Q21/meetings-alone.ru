# expect: nothing
DELETE { ?part ?property ?old }
WHERE {
  <#project> koepel:commitment ?part .
  ?part ?property ?old .
  FILTER (?property IN (koepel:minimumMonths, koepel:meetingsPerMonth, koepel:hoursPerWeekMinimum))
}

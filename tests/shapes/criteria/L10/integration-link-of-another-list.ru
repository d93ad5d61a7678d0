# expect: L10-integration-link sh:Violation at koepel:integrationLink
INSERT DATA { <#project> koepel:integrationLink activity:cooking . }

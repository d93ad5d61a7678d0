# expect: L10-target-group sh:Violation at dct:audience
INSERT DATA { <#project> dct:audience "newcomers" . }

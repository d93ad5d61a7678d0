"""What was done in cases, and what follows from it: where a case stands on any day, and its label.

- `way`       which acts there are, who may do them and in which state; the rules stand in `way.ttl`
- `act`       one act, as the ledger keeps it
- `case`      all acts of one case, and the label that came of it; `period` on which days the label held
- `caseload`  all cases, schemes and roles, at one position of the ledger
"""

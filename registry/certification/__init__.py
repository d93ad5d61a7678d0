"""Certification: the way of a case from an application to a label and to its end; all from the ledger.

What there is to know of a case follows from its acts, and from nothing else (`life/`). How something is done:

1. `desk`     the registry, the standards and the day, at hand
2. `order`    what somebody wants to do; `details` what belongs to each act, and in which form it is said
3. `guard/`   every rule that might forbid it, and what somebody could do instead
4. `proof/`   on what it rests: the published description, evidence, judgements
5. `record`   what is written for it; `award` freezes what a grant says
6. `conduct`  the whole, as one step in the ledger

What follows from it for readers: `sight` says who may see a case, `statement` what the graph says of labels,
and `outlook/` what is due, what no longer holds, who stands where, and what would change.
"""

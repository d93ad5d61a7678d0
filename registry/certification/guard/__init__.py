"""What must hold before anything is done in a case, beyond what `way.ttl` says of states and roles.

The rules are asked in this order, and the first that is broken gives the reason:

1. `timing`   not in the future, not before the act before it; the state allows it
2. `party`    a role for the right organisation; two pairs of eyes; nobody judges what is their own
3. `mandate`  the body may decide under the scheme on that day
4. `appeal`   in time, once, and decided by somebody else
5. `opening`  what an application is about: described, judged by the standard, not under way already
6. `demand`   an audit that is complete (L2), a level that is reached (L3)
7. `said`     a reason where there must be one, no personal data, and nothing that is not in the case
8. `decision` the days of a label, its conditions and its extension

`matter` is what a rule looks at, and `offer` asks the rules what somebody could do next. For that those are
left out that hang on what is yet to be said.
"""

from registry.certification.guard.matter import Matter
from registry.certification.guard.offer import Offer, offers
from registry.certification.guard.rule import check, refusal

__all__ = ["Matter", "Offer", "check", "offers", "refusal"]

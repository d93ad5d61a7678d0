"""The pages on which people apply for labels, assess, decide and look ahead, without script.

- `cases`     what somebody is party to, by what is asked of them next; `case` is the whole of one
- `overview`  all members of a body by requirement; `calendar` what is due, also for calendar programs
- `preview`   what another version of a standard would mean for a body's labels
- `scheme`    for everybody: whose a label is, what it asks, and who may decide
- `sheet`     what the page of a case shows, and `turn` whose turn it is
- `form`      what was filled in, and `step` how it is written down, once

Whoever is no party to a case finds nothing, exactly as if its number did not exist.
"""

from registry.web.certification import calendar, case, cases, overview, preview, scheme

__all__ = ["ROUTERS"]

ROUTERS = (
    scheme.router,
    cases.router,
    case.router,
    overview.router,
    preview.router,
    calendar.router,
)

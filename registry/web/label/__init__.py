"""Labels on the web: their pages, the credentials for programs, the keys and status lists of the bodies.

- `counter`   finds the label or the body that a request is about
- `document`  credentials, badges, and what they name, for programs
- `body`      keys and status lists
- `page`      the page of a label, and the list of all
- `check`     a page on which anybody checks a label of this registry
- `words`     what stands on a badge; `telling` says what came of a check
"""

from registry.web.label import body, check, document, page

__all__ = ["ROUTERS"]

ROUTERS = (body.router, document.router, check.router, page.router)

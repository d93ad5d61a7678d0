"""The ledger: an append-only record of what came in and what was decided; the only truth.

Everything that readers see is made from it and can be made again.

- `event`        what happened to a source
- `version`      one version of a document, and which one of them is published
- `schema`       the tables, and the marks of the events that count
- `question`     what is asked of all events at once, in SQL
- `change`       what readers noticed: appeared, changed, gone
- `database`     an engine for SQLite or PostgreSQL, and what goes wrong there in plain words
- `migration`    brings the tables of an older ledger up to date; `migrations/` holds the steps
- `erasure`      takes a source out so that its bytes are gone
- `duplicate`    writes a consistent copy while others go on writing
- `takeover`     puts a copy in the place of a ledger, with a lineage of its own
- `ledger`       the whole, for the rest of the registry
"""

from registry.ledger.change import Change, Sheet
from registry.ledger.event import Event, Happening
from registry.ledger.ledger import Ledger
from registry.ledger.version import Publication, Version

__all__ = ["Change", "Event", "Happening", "Ledger", "Publication", "Sheet", "Version"]

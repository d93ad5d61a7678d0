"""The harvest: every source is visited in its rhythm, and readers keep what is good.

- `care`         how careful it is: how often it visits, how soon it believes a loss
- `round`        one round over many sources
- `weave`        carries on many visits side by side
- `call`         a visit that is under way, and what is known from before
- `journey`      the way of one source: asked, read, decided on, written down
- `collection`   the visit to a list; `membership`: what it brings, and what it no longer names
- `clerk`        writes down what came of a visit; `noting`: what the next one has to know of it
- `books`        the ledger and the notebook, and in which order they are written
- `outcome`      what one visit brought
- `means`        what all visits of a round have in common; `crew`: the processes that read and check
"""

from federation.harvest.books import Blotter, Books
from federation.harvest.care import Care
from federation.harvest.crew import crew
from federation.harvest.outcome import Harvest
from federation.harvest.round import harvest

__all__ = ["Blotter", "Books", "Care", "Harvest", "crew", "harvest"]

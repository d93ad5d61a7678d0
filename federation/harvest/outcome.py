"""What one visit brought, in the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from registry.ledger import Happening
from registry.ledger.event import ROUTINE

if TYPE_CHECKING:
    from federation.source import Source
    from registry.ledger import Event

__all__ = ["FOLLOWED", "IGNORED", "NOT_MODIFIED", "SKIPPED", "UNFINISHED", "VOID", "Harvest"]

NOT_MODIFIED: Final = "not-modified"
"""Nothing has changed."""
VOID: Final = "void"
"""Somebody else decided on the source meanwhile."""
UNFINISHED: Final = "unfinished"
"""The registry itself could not finish; the source is visited again soon."""
IGNORED: Final = "ignored"
"""One of the many pages of a site that hold no description."""
FOLLOWED: Final = "followed"
"""A stream was read on, and there is nothing to say of the stream itself."""
SKIPPED: Final = "skipped"
"""A stream is not followed where nothing shall be written down."""
NEWS: Final = frozenset(Happening) - ROUTINE


@dataclass(frozen=True)
class Harvest:
    """What one visit to one source brought, in the end."""

    source: Source
    outcome: str
    """In one word: what happened, or one of the words above."""
    event: Event | None = None
    """What was written down last; nothing where there was no news."""
    message: str = ""
    """What is wrong, in English."""
    members: Counter[str] = field(default_factory=Counter)
    """How many members of a stream were taken, by what became of them, or why they were not."""

    @property
    def is_news(self) -> bool:
        """Tell whether the ledger knows more than before."""
        return self.event is not None or any(self.members[one] for one in NEWS)

"""What happened to a source, as the ledger writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["CERTIFYING", "ENDING", "ORGANISATIONAL", "PUBLISHING", "ROUTINE", "SUCCESS", "Event", "Happening"]


class Happening(StrEnum):
    """What can happen to a source, to an organisation that is named before it has one, or in certification.

    Four words say that it is gone, and they are different things: *unreachable* (it could not be fetched),
    *withdrawn* (its publisher says so), *removed* (the registry decided), *erased* (the law asks for it).
    """

    REGISTERED = "registered"
    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    ACCEPTED = "accepted"
    HELD = "held"
    RELEASED = "released"
    REJECTED = "rejected"
    UNREACHABLE = "unreachable"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    ERASED = "erased"
    RESTORED = "restored"
    TRANSFERRED = "transferred"
    NAMED = "named"
    CLAIMED = "claimed"
    MERGED = "merged"
    ADOPTED = "adopted"
    ACTED = "acted"
    ENTITLED = "entitled"
    KEYED = "keyed"


PUBLISHING: Final = frozenset({Happening.ACCEPTED, Happening.RELEASED, Happening.RESTORED})
"""From here on readers see the version that the event names, if it names one."""
ENDING: Final = frozenset({Happening.WITHDRAWN, Happening.REMOVED, Happening.ERASED})
"""From here on readers see nothing of the source."""
ROUTINE: Final = frozenset({Happening.FETCHED, Happening.UNCHANGED})
"""A visit that brought nothing new; it does not hide what happened before."""
SUCCESS: Final = PUBLISHING | ROUTINE
"""The registry reached the source, or could publish it."""
ORGANISATIONAL: Final = frozenset({Happening.NAMED, Happening.CLAIMED, Happening.MERGED})
"""What befalls an organisation: then the event names its IRI in the place of a source."""
CERTIFYING: Final = frozenset({Happening.ADOPTED, Happening.ACTED, Happening.ENTITLED, Happening.KEYED})
"""What is done in certification: the event names a label scheme, a case, an account or a body instead."""


@dataclass(frozen=True)
class Event:
    """One thing that happened to one source at one moment.

    The ledger gives the position, and the time where none is given.

    >>> Event("https://buddy.example/", Happening.REMOVED, reason="The organisation no longer exists.").actor
    'registry'
    """

    source: str
    """The IRI space under which the source is registered, and the name of its graph."""
    happening: Happening
    address: str = ""
    """Where the document is fetched."""
    digest: str | None = None
    """The version of the document that it is about."""
    reason: str = ""
    actor: str = "registry"
    """Who acted; in certification the IRI of an account."""
    rules: str = ""
    """The digest of the vocabulary and the standards under which it was decided."""
    behalf: str = ""
    """For whom the actor acted, when for somebody else: an umbrella organisation acts for its members."""
    via: str = ""
    """The source whose list or stream led to this one; empty for a source that stands for itself.

    In certification: how the actor came in, such as session, console or the number of a token.
    """
    terms: str = ""
    """The terms of a registration, how far a stream was followed, or what was done, as a JSON object."""
    time: datetime | None = None
    position: int | None = None

    def __post_init__(self) -> None:
        if self.time is not None and self.time.utcoffset() is None:
            raise ValueError("The time of an event needs a time zone.")

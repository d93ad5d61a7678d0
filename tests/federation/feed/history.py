"""A small history of a registry: what appeared, changed, went away, and what nobody may see."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from registry.home import Home
from registry.ledger import Event, Happening, Ledger, Version

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://buddy.example"
FIRST, SECOND, HIDDEN, FOREIGN = (f"{SITE}/{name}" for name in ("first", "second", "hidden", "foreign"))
ORIGIN = "https://other-registry.example"
BEGINNING = datetime(2026, 10, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
UNSEEN = "What nobody may see."
REASON = 'They wrote "stop".'


def moment(ledger: Ledger) -> datetime:
    """Tell when the next event happens: a minute after the last one, in these tests."""
    return BEGINNING + MINUTE * ledger.position()


def version(source: str, words: str) -> Version:
    """A version that says a few words about a source, and something about a thing without a name."""
    lines = (
        f"<{source}> <http://purl.org/dc/terms/hasPart> _:c14n0 .\n",
        f'<{source}> <http://purl.org/dc/terms/title> "{words}"@en .\n',
        '_:c14n0 <http://purl.org/dc/terms/title> "A part _:c14n0 ."@en .\n',
    )
    canonical = "".join(lines).encode()
    return Version(hashlib.sha256(canonical).hexdigest(), canonical, canonical, "application/n-quads")


def publish(
    ledger: Ledger, source: str, words: str, happening: Happening = Happening.ACCEPTED, terms: str = ""
) -> int:
    """Register a source and write down what became of its text; gives the last position."""
    document, address, time = version(source, words), f"{source}.ttl", moment(ledger)
    return ledger.append_all(
        [
            (Event(source, Happening.REGISTERED, address, terms=terms, time=time), None),
            (Event(source, happening, address, document.digest, time=time + MINUTE), document),
        ]
    )


def end(ledger: Ledger, source: str, happening: Happening = Happening.WITHDRAWN, reason: str = REASON) -> int:
    """Let a source go away; gives the position."""
    return ledger.append(Event(source, happening, f"{source}.ttl", reason=reason, time=moment(ledger)))


def fill(ledger: Ledger) -> None:
    """Write down twelve events, of which readers notice six: at 2, 4, 6, 8, 11 and 12."""
    publish(ledger, FIRST, "One")
    publish(ledger, SECOND, "Two")
    publish(ledger, FIRST, "One, changed")
    publish(ledger, FOREIGN, "Three", terms=f'{{"kind": "member", "origin": "{ORIGIN}"}}')
    publish(ledger, HIDDEN, UNSEEN, Happening.HELD)
    end(ledger, SECOND)
    end(ledger, FOREIGN, Happening.REMOVED)
    end(ledger, HIDDEN, Happening.REMOVED, UNSEEN)


def make_home(folder: Path) -> Home:
    """Make a registry with that history."""
    home = Home(folder)
    fill(home.ledger)
    return home

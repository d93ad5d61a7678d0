"""A registry with the fictitious example project, which got a label and later changes its description."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from registry.certification.desk import Desk
from registry.certification.life.case import Case
from registry.home import Home
from registry.ingest.canonical import digest
from registry.ingest.guard import Limits
from registry.ingest.reader import read
from registry.ledger import Event, Happening, Version
from registry.validation.standard import Library, load_library
from tests.registry.certification import acting

ROOT = Path(__file__).parents[3]
EXAMPLE = (ROOT / "examples" / "fictitious" / "complete-project.ttl").read_text(encoding="utf-8")
BASE = "https://w3id.org/koepel/example/fictitious/complete-project"
SOURCE, SUBJECT, ORGANISATION = (
    f"https://buddy.example/one{end}" for end in ("", "#project", "#organisation")
)
TODAY, FAR = date(2026, 11, 22), date(2100, 1, 1)
TRUST = "self-declared"
NOTHING: Mapping[str, str] = MappingProxyType({})
WAY_IN = "koepel:referralRoute"
"""Without it the first requirement of the standard no longer holds at the basic level."""


def description(*left_out: str, source: str = SOURCE) -> bytes:
    """Write the example's description as that of another source; what is left out is said in other words."""
    text = EXAMPLE.replace(BASE, source)
    for one in left_out:
        text = text.replace(one, f"{one}-once")
    return text.encode()


@dataclass
class Registered:
    """A registry, and the source that a test is about."""

    desk: Desk
    digest: str = ""

    def publish(
        self, *left_out: str, source: str = SOURCE, on: date = TODAY, texts: Mapping[str, str] = NOTHING
    ) -> None:
        """Publish the description, or what is left of it, with other texts in the place of some."""
        written = description(*left_out, source=source).decode()
        for old, new in texts.items():
            written = written.replace(old, new)
        data = written.encode()
        canonical = read(data, media_type="text/turtle", address=source, limits=Limits()).canonical
        version = Version(digest(canonical), canonical, data, "text/turtle")
        self.digest = version.digest
        time = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
        event = Event(source, Happening.ACCEPTED, source, version.digest, time=time)
        self.desk.home.ledger.append(event, version)

    def befall(self, happening: Happening) -> None:
        """Let something happen to the source that is about no text."""
        time = datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC)
        self.desk.home.ledger.append(Event(SOURCE, happening, SOURCE, time=time))

    def award(
        self, on: str = "2026-11-01", expires: str = "2029-10-31", case: str = acting.CASE, **details: str
    ) -> None:
        """Let the project apply and get the label, with what the machine found at that time."""
        ledger = self.desk.home.ledger
        acting.apply(ledger, on, case, subject=SUBJECT, organisation=ORGANISATION, source=SOURCE)
        standard = self.desk.rulebook.standard("cms").at("1.0.0")
        found = self.desk.machine(self.digest, SUBJECT, "cms", "1.0.0", date.fromisoformat(on))
        outcomes = {
            str(use.iri): {
                "outcome": str(found[str(use.iri)]),
                "mode": use.mode.rpartition("/")[2],
                "trust": TRUST,
            }
            for use in standard.uses
        }
        told: dict[str, Any] = {"source": SOURCE, "digest": self.digest, "outcomes": outcomes}
        acting.award(ledger, on, expires, case, **told | details)

    def case(self, day: date = TODAY) -> Case:
        """Give the case as it stood on a day."""
        return self.desk.case(acting.CASE, day)


def settled(announced: date = FAR, counts_from: date = FAR) -> Library:
    """Give the standards as if the newest version of the one in question were announced on other days."""
    library = load_library()
    standard = library.standard("cms")
    first, *_, last = standard.versions
    moved = replace(standard, versions=(first, replace(last, announced=announced, counts_from=counts_from)))
    return replace(library, standards={**library.standards, "cms": moved})


@contextmanager
def registered(folder: Path, library: Library | None = None) -> Iterator[Registered]:
    """Open a registry in which the scheme is adopted and the project described."""
    home = Home(folder)
    acting.adopt(home.ledger)
    made = Registered(Desk(home, library or settled(), acting.REGISTRY, lambda: TODAY))
    made.publish(on=date(2026, 10, 1))
    yield made
    home.ledger.close()

"""A registry with one source, to which a test lets happen what it wants."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from federation.notebook import Note, Notebook
from federation.notice.status import Status, read_status
from federation.source import Source
from registry.home import Home
from registry.ingest.document import read_document
from registry.ledger import Event, Happening, Version
from tests.federation.description import text

SOURCE = "https://buddy.example/one"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class Registry:
    """A registry, and the source that a test is about."""

    home: Home
    source: str = SOURCE
    time: datetime = NOON

    def register(self, **terms: str) -> None:
        """Register the source; the address is its IRI unless a test says otherwise."""
        address = terms.pop("address", self.source)
        source = Source(address, self.source, **terms)  # type: ignore[arg-type]  # texts only
        self._append(Event(self.source, Happening.REGISTERED, address, terms=source.terms))

    def decide(self, happening: Happening, data: bytes | None = None, reason: str = "") -> str:
        """Let a text come in, on which this is decided; gives its digest."""
        name = self.source.rpartition("/")[2]
        site = self.source.removesuffix(f"/{name}")
        data = text(name, site=site) if data is None else data
        found = read_document(data, media_type="text/turtle", address=self.source, space=self.source)
        version = Version(found.digest, found.canonical, data, found.media_type)
        self._append(Event(self.source, happening, self.source, found.digest, reason), version)
        return found.digest

    def befall(self, happening: Happening, reason: str = "") -> None:
        """Let something happen that is about no text."""
        self._append(Event(self.source, happening, self.source, reason=reason))

    def note(self, **told: object) -> None:
        """Note what the last visit found."""
        with Notebook(self.home.visits) as notebook:
            notebook.write([Note(self.source, **told)])  # type: ignore[arg-type]  # as the test gives them

    def status(self, named: str = "") -> Status:
        """Tell where the source stands."""
        with Notebook(self.home.visits) as notebook:
            return read_status(self.home.ledger, notebook, named or self.source)

    def _append(self, event: Event, version: Version | None = None) -> None:
        self.time += timedelta(minutes=1)
        self.home.ledger.append(Event(**{**vars(event), "time": self.time}), version)


def make(folder: Path, source: str = SOURCE) -> Registry:
    """Make a registry in which the source is registered."""
    registry = Registry(Home(folder), source)
    registry.register()
    return registry

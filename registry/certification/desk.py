"""Where cases are worked on: the registry, the standards, and what day it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from registry.certification.life.caseload import Reader
from registry.certification.sight import unseen
from registry.ingest.canonical import to_graph
from registry.validation.assessment import assess

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rdflib import Graph

    from registry.certification.life.case import Case
    from registry.certification.life.caseload import Caseload
    from registry.home import Home
    from registry.settings import Settings
    from registry.validation.assessment import Outcome
    from registry.validation.standard import Library, Standard

__all__ = ["Desk", "utc_day"]

ASSESSMENTS_KEPT: Final = 512
GRAPHS_KEPT: Final = 32


def utc_day() -> date:
    """Give the day that it is now, in UTC."""
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class Desk:
    """What is at hand when somebody looks at cases or acts in one."""

    home: Home
    rulebook: Library
    address: str
    """The public address of the registry, in which the names of cases and labels lie."""
    today: Callable[[], date] = utc_day

    @classmethod
    def of(cls, home: Home, library: Library, chosen: Settings) -> Desk:
        """Open the desk of the registry that the settings describe."""
        return cls(home, library, chosen.public_address)

    @cached_property
    def reader(self) -> Reader:
        """Keeps the newest caseload."""
        return Reader(self.home.ledger)

    def caseload(self) -> Caseload:
        """Give all cases as of now."""
        return self.reader.read()

    def case_iri(self, number: str) -> str:
        """Name a case by its number; a name stays as it is, and that of its label leads to it.

        >>> from pathlib import Path
        >>> from registry.home import Home
        >>> from registry.validation.standard import load_library
        >>> desk = Desk(Home(Path("nowhere")), load_library(), "https://buddy.example")
        >>> desk.case_iri("0a1b2c3d4e5f"), desk.case_iri("https://buddy.example/label/0a1b2c3d4e5f")
        ('https://buddy.example/case/0a1b2c3d4e5f', 'https://buddy.example/case/0a1b2c3d4e5f')
        """
        return f"{self.address}/case/{number.rpartition('/')[2]}"

    def case(self, named: str, day: date | None = None) -> Case:
        """Give one case by its number or name, as it stood on a day; today if none is said.

        Raises:
            NotFoundError: There is none, or it had not begun.
        """
        iri = self.case_iri(named)
        found = self.caseload().case(iri, day or self.today())
        if found is None:
            raise unseen(named)
        return found

    def description(self, digest: str) -> Graph:
        """Read the statements of one version of a description from the ledger."""
        return _graph(_Text(digest, self.home))

    def machine(
        self, digest: str, subject: str, standard: str, version: str, day: date
    ) -> Mapping[str, Outcome]:
        """Tell by the IRI of each use of a criterion what the machine finds; empty for an unknown subject."""
        chosen = self.rulebook.standard(standard).at(version)
        return _outcomes(_Text(digest, self.home), self.rulebook, chosen, subject, day)


@dataclass(frozen=True)
class _Text:
    """A version of a description; its digest says all about it, wherever it is kept."""

    digest: str
    home: Home = field(compare=False)


@lru_cache(maxsize=GRAPHS_KEPT)
def _graph(text: _Text) -> Graph:
    return to_graph(text.home.ledger.version(text.digest).canonical, blank_prefix=text.digest[:12])


@lru_cache(maxsize=ASSESSMENTS_KEPT)
def _outcomes(
    text: _Text, library: Library, standard: Standard, subject: str, day: date
) -> Mapping[str, Outcome]:
    cards = assess(_graph(text), library, standard, day).scorecards
    return MappingProxyType(
        {
            str(use.iri): outcome
            for card in cards
            if str(card.subject) == subject
            for row in card.rows
            for use, outcome in row.criteria
        }
    )

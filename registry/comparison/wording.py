"""Names of things, and what statements say, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import SKOS, Literal, URIRef

from registry.comparison.definition import query, tables
from registry.graph.question import fill
from registry.vocabulary import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from registry.graph.store import GraphStore, Row

__all__ = ["Statement", "Wording", "in_language"]


@dataclass(frozen=True)
class Statement:
    """What a source says, and where it says so.

    `identifiers` are the names by which others cite it, `places` the sections or table cells of the source,
    `dates` the days, months or years at which it held, and `conflicts` the statements that contradict it.
    """

    iri: URIRef
    identifiers: tuple[str, ...]
    text: Literal
    source: Literal
    places: tuple[str, ...]
    dates: tuple[str, ...]
    conflicts: tuple[str, ...]


class Wording:
    """The words for what stands in a table, in one language; the graph is asked once for all of them.

    A thing without a name is called by the last part of its IRI.
    """

    def __init__(
        self, store: GraphStore, language: str, things: Iterable[URIRef], statements: Iterable[URIRef]
    ) -> None:
        self.language: Final = language
        self._names = _by(store, "names.rq", "thing", things)
        self._statements = _by(store, "statements.rq", "statement", statements)

    def name(self, thing: Node) -> Literal:
        """Name a code, an actor, an objective or a publication."""
        found = _texts(self._names.get(thing, ()), "name")
        own = (name for name in tables().objects(thing, SKOS.prefLabel) if isinstance(name, Literal))
        return in_language((*found, *own), self.language, instead=last_part(thing))

    def statement(self, iri: URIRef) -> Statement:
        """Tell what a statement says."""
        found = self._statements.get(iri, ())
        return Statement(
            iri,
            tuple(_values(found, "identifier")),
            in_language(_texts(found, "text"), self.language),
            in_language(_texts(found, "source"), self.language),
            tuple(_values(found, "place")),
            tuple(_values(found, "date")),
            tuple(_values(found, "conflict")),
        )


def in_language(texts: Iterable[Literal], language: str, *, instead: str = "") -> Literal:
    """Choose the text in the reader's language, else in English, else the first by alphabet.

    >>> in_language([Literal("vrijwilliger", lang="nl"), Literal("volunteer", lang="en")], "de")
    rdflib.term.Literal('volunteer', lang='en')
    >>> in_language([], "de", instead="volunteer")
    rdflib.term.Literal('volunteer')
    """
    order = {language: 0, ENGLISH: 1}
    return min(
        texts, key=lambda text: (order.get(text.language or "", 2), str(text)), default=Literal(instead)
    )


def last_part(iri: Node) -> str:
    """Make a name of last resort.

    >>> last_part(URIRef("https://buddy.example/profile#organisation"))
    'organisation'
    """
    return str(iri).rstrip("/#").rpartition("#")[2].rpartition("/")[2]


def _by(store: GraphStore, question: str, variable: str, things: Iterable[URIRef]) -> dict[Node, list[Row]]:
    """Put a question about many things, and gather the rows about each."""
    found: dict[Node, list[Row]] = {}
    for row in store.select(fill(query(question), {variable: sorted(things)})).rows:
        found.setdefault(row[variable], []).append(row)
    return found


def _texts(rows: Iterable[Row], variable: str) -> list[Literal]:
    return [value for row in rows if isinstance(value := row.get(variable), Literal)]


def _values(rows: Iterable[Row], variable: str) -> list[str]:
    return sorted({str(row[variable]) for row in rows if variable in row})

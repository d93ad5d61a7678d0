"""What bodies, initiatives, schemes and levels are called, as the registry knew it at a moment of the past.

A credential is made anew whenever it is asked for, and must be the same each time; so the names in it are
those of the day on which the label was decided.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rdflib import RDFS, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS

from registry.errors import NotFoundError
from registry.ingest.space import enclosing
from registry.organisation import organisations
from registry.vocabulary import ENGLISH, LANGUAGES, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Graph

    from registry.certification.desk import Desk
    from registry.scheme.scheme import Scheme

__all__ = ["Naming", "Texts"]

NAMES: Final = (DCTERMS.title, FOAF.name, SKOS.prefLabel, SCHEMA.name, RDFS.label)

NAMES_KEPT: Final = 8_192
"""So many names stay in memory: a list of all labels would else read every description at every request."""

Texts = dict[str, str]
"""One text per language tag; under the empty tag one whose language nobody told."""


@dataclass(frozen=True)
class Naming:
    """Knows what things were called when the ledger was at a position."""

    desk: Desk
    until: int | None = None

    def described_in(self, digest: str, iri: str) -> Texts:
        """Give the names that one version of a description has for a thing; none when it was erased."""
        try:
            return dict(_called(_Mention(digest, iri, self.desk))) if digest else {}
        except NotFoundError:
            return {}

    def organisation(self, iri: str, scheme: Scheme | None = None) -> Texts:
        """Give the names of an organisation: its own, what others or a scheme called it, else its IRI."""
        published = (self.desk.home.ledger.publication(one, until=self.until) for one in enclosing(iri))
        found = next(filter(None, published), None)
        own = self.described_in(found.digest, iri) if found else {}
        called = dict(scheme.names.get(iri, {})) if scheme else {}
        return own or self._named(iri) or called or {"": iri}

    def label(self, scheme: Scheme, level: str) -> Texts:
        """Give the names of a label: those of its scheme and of its level."""
        grade = scheme.level(level)
        return {
            language: _in_one(language, scheme.titles, grade.titles if grade else {})
            for language in LANGUAGES
            if language in scheme.titles
        } or {"": scheme.iri}

    def _named(self, iri: str) -> Texts:
        events = self.desk.home.ledger.organisations()
        known = [one for one in events if self.until is None or (one.position or 0) <= self.until]
        named = organisations(known).get(iri)
        return {named.language: named.name} if named and named.name else {}


@dataclass(frozen=True)
class _Mention:
    """A thing in one version of a description; the digest says all about it, wherever it is kept."""

    digest: str
    iri: str
    desk: Desk = field(compare=False)


@lru_cache(maxsize=NAMES_KEPT)
def _called(mention: _Mention) -> Texts:
    return _names(mention.desk.description(mention.digest), mention.iri)


def _in_one(language: str, *parts: Mapping[str, str]) -> str:
    words = [part.get(language) or part.get(ENGLISH) or "" for part in parts]
    return ": ".join(word for word in words if word)


def _names(graph: Graph, iri: str) -> Texts:
    for name in NAMES:
        found = sorted(one for one in graph.objects(URIRef(iri), name) if isinstance(one, Literal))
        if found:
            return {one.language or "": str(one) for one in reversed(found)}
    return {}

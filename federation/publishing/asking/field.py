"""What can be asked about a project with one answer: the properties that the shapes look at.

The profile comes first, in the order of its requirements; then what the other standards look at. A property
counts when the shapes or the vocabulary tell what may stand there: a code of a list, a number, a text. So a
question or a column appears when a criterion is added, and nobody has to repeat it here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, FOAF, ORG, SH

import ontology
from registry.check import PROFILE
from registry.report.borrowed import borrowed_name
from registry.validation.standard import BASIC, load_library
from registry.vocabulary import CODE, KOEPEL, SCHEMA, Labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from registry.validation.standard import CriterionUse, Standard

__all__ = ["STEP", "VCARD", "Field", "Kind", "fields", "node_class", "term_name"]

VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
STEP: Final = " › "
RANGE: Final = SCHEMA.rangeIncludes

Path = tuple[URIRef, ...]


class Kind(StrEnum):
    """What an answer is."""

    TEXT = "text"
    """A text in a language."""
    NAME = "name"
    """A proper name, the same in every language."""
    CODE = "code"
    COUNTRY = "country"
    REGION = "region"
    LANGUAGE = "language"
    DAY = "day"
    DATE = "date"
    """A day, a month or a year."""
    NUMBER = "number"
    COUNT = "count"
    """A whole number."""
    ANSWER = "answer"
    """Yes or no."""
    WEB = "web"
    MAIL = "mail"


#: Kinds of which several values can stand side by side, separated by semicolons.
SEVERAL: Final = {Kind.CODE, Kind.COUNTRY, Kind.REGION, Kind.LANGUAGE, Kind.NAME}
DATATYPES: Final = {
    RDF.langString: Kind.TEXT,
    XSD.boolean: Kind.ANSWER,
    XSD.date: Kind.DAY,
    XSD.decimal: Kind.NUMBER,
    XSD.integer: Kind.COUNT,
    XSD.string: Kind.NAME,
    DCTERMS.LinguisticSystem: Kind.LANGUAGE,
}
#: What neither shapes nor vocabulary tell.
KNOWN: Final = {
    DCTERMS.language: Kind.LANGUAGE,
    DCTERMS.publisher: Kind.WEB,
    FOAF.homepage: Kind.WEB,
    FOAF.name: Kind.TEXT,
    KOEPEL.afterContactRule: Kind.TEXT,
    KOEPEL.rematchRule: Kind.TEXT,
    KOEPEL.startDate: Kind.DATE,
    VCARD.hasEmail: Kind.MAIL,
}
#: What is asked about a thing that a shape only wants to be there.
INSIDE: Final = {DCTERMS.publisher: FOAF.name, KOEPEL.coordinatorContact: VCARD.hasEmail}
#: No shape looks at these, and every reader does.
EXTRAS: Final[tuple[Path, ...]] = (
    (KOEPEL.municipality,),
    (KOEPEL.startDate,),
    (DCTERMS.language,),
    (KOEPEL.objective, DCTERMS.description),
)
#: These say nothing without what stands beside them: a measure its number, a date its document.
LEFT_OUT: Final[frozenset[Path]] = frozenset(
    {(KOEPEL.observation, KOEPEL.measure), (KOEPEL.recruitmentInformation, DCTERMS.modified)}
)
CLASSES: Final = {DCTERMS.publisher: ORG.Organization, KOEPEL.coordinatorContact: VCARD.Kind}
LISTS: Final = re.compile(r"/koepel/code/([a-z-]+)/|(authority/country)|(nuts/code)")


@dataclass(frozen=True)
class Field:
    """One thing to say about a project: a question on the screen, a column in a sheet.

    >>> country = fields()["country"]
    >>> country.kind, country.required, country.label("nl")
    (<Kind.COUNTRY: 'country'>, True, 'land')
    """

    path: Path
    kind: Kind
    scheme: str = ""
    required: bool = False
    single: bool = False
    suggestions: tuple[tuple[str, str], ...] = ()
    """What the criterion behind it advises, by language."""

    @property
    def key(self) -> str:
        """The name that programs use: the last parts of the properties, as in `commitment.minimumMonths`."""
        return ".".join(_local(one) for one in self.path)

    @property
    def many(self) -> bool:
        """Whether several values can stand side by side."""
        return self.kind in SEVERAL and not self.single

    def label(self, language: str) -> str:
        """Name it for a reader, step by step where it belongs to a part of the project."""
        return STEP.join(term_name(one, language) for one in self.path)


def term_name(term: URIRef, language: str) -> str:
    """Name a term of our own or of another vocabulary.

    >>> term_name(DCTERMS.title, "fr")
    'titre'
    """
    return borrowed_name(term, language) or Labels().label(term, language)


@cache
def fields() -> dict[str, Field]:
    """List everything that can be asked, the profile first."""
    library = load_library()
    profile = library.standard(PROFILE)
    found = dict[Path, Field]()
    for standard in (profile, *(one for one in library.standards.values() if one is not profile)):
        for path, use in _paths(standard, profile):
            _add(found, path, use, basic=standard is profile and use.level == BASIC)
        if standard is profile:
            for path in EXTRAS:
                _add(found, path, None, basic=False)
    return {one.key: one for one in found.values()}


def node_class(property_: URIRef) -> URIRef | None:
    """Tell of which class a thing is to which a property leads."""
    known = CLASSES.get(property_)
    ranges = sorted(one for one in _vocabulary().objects(property_, RANGE) if isinstance(one, URIRef))
    return known or next((one for one in ranges if one in KOEPEL), None)


def _add(found: dict[Path, Field], path: Path, use: CriterionUse | None, *, basic: bool) -> None:
    kind, scheme = _kind(path)
    if kind is None or path in found or path in LEFT_OUT:
        return
    own = use is not None and len({one for one, _ in _shape_paths(use)}) == 1
    suggestions = tuple(sorted(use.criterion.suggestions.items())) if use and own else ()
    found[path] = Field(path, kind, scheme, basic and own, _at_most_one(path), suggestions)


def _paths(standard: Standard, profile: Standard) -> Iterator[tuple[Path, CriterionUse]]:
    """Walk along what a standard looks at in initiatives, a whole path at a time."""
    for use in standard.uses:
        if not set(use.judges).isdisjoint(profile.judges):
            for path, _ in _shape_paths(use):
                yield path, use


def _shape_paths(use: CriterionUse) -> Iterator[tuple[Path, URIRef]]:
    graph = load_library().graph
    for shape in use.criterion.shapes:
        for path in _steps(graph, graph.value(shape, SH.path)):
            inside = INSIDE.get(path[-1])
            yield (*path, inside) if inside else path, shape
            if path == (DCTERMS.publisher,):
                yield path, shape


def _steps(graph: Graph, path: Node | None) -> Iterator[Path]:
    """Give the ways along which a shape looks; one that looks backwards is no way to ask."""
    if isinstance(path, URIRef):
        yield (path,)
    elif path is not None and (path, RDF.first, None) in graph:
        steps = tuple(one for one in Collection(graph, path) if isinstance(one, URIRef))
        yield from [steps] if len(steps) == len(Collection(graph, path)) else []
    elif path is not None and (choices := graph.value(path, SH.alternativePath)) is not None:
        yield from ((one,) for one in Collection(graph, choices) if isinstance(one, URIRef))


def _kind(path: Path) -> tuple[Kind | None, str]:
    """Find out what may stand at the end of a path: from the shapes, the vocabulary, or what is known."""
    for shape in _shapes().get(path, ()):
        if found := LISTS.search(str(load_library().graph.value(shape, SH.pattern) or "")):
            return (Kind.CODE, found[1]) if found[1] else (Kind.COUNTRY if found[2] else Kind.REGION, "")
    vocabulary, end = _vocabulary(), path[-1]
    lists = [str(one) for one in vocabulary.objects(end, RDFS.seeAlso) if str(one) in CODE]
    if len(lists) == 1:
        return Kind.CODE, lists[0].removeprefix(CODE)
    if end in KNOWN:
        return KNOWN[end], ""
    told = [load_library().graph.value(one, SH.datatype) for one in _shapes().get((end,), ())]
    ranges = [*told, *vocabulary.objects(end, RANGE)]
    return next((DATATYPES[URIRef(str(one))] for one in ranges if one in DATATYPES), None), ""


def _at_most_one(path: Path) -> bool:
    graph = load_library().graph
    return any(graph.value(one, SH.maxCount) == Literal(1) for one in _shapes().get(path, ()))


@cache
def _shapes() -> dict[Path, list[URIRef]]:
    """Gather the shapes of all criteria by the path along which they look."""
    found = dict[Path, list[URIRef]]()
    for standard in load_library().standards.values():
        for use in standard.uses:
            for path, shape in _shape_paths(use):
                found.setdefault(path, []).append(shape)
    return found


@cache
def _vocabulary() -> Graph:
    graph = Graph()
    for path in (*ontology.module_files(), *ontology.alignment_files()):
        graph.parse(path, format="turtle")
    return graph


def _local(iri: URIRef) -> str:
    return re.split(r"[/#]", iri)[-1]

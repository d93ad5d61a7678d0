"""What one version of a description says that the one before did not, thing by thing.

Statements are compared by what they mean to a reader: a part without a name of its own (a contact point, a
duration) counts as what it says, whatever label it has in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, URIRef

from registry.report.naming import Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["SHOWN", "Change", "Changes", "Kind", "compare"]

SHOWN: Final = 12
"""So many changes are told one by one; the others are counted."""
DEEPEST: Final = 8
"""Parts within parts are followed so far."""

Said = tuple[object, ...]


class Kind(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """A thing that is new, that is gone, or of which something else is said now."""

    kind: Kind
    thing: str
    """What it is called."""
    about: tuple[str, ...] = ()
    """What of it changed, by the names of the properties."""


@dataclass(frozen=True)
class Changes:
    """Everything that differs between two versions."""

    changes: tuple[Change, ...]
    added: int
    """How many statements are new."""
    removed: int
    """How many are gone."""


def compare(before: Graph, after: Graph, language: str) -> Changes:
    """Tell what changed from one version to the next, in a language.

    >>> from rdflib import Graph
    >>> old, new = Graph(), Graph()
    >>> _ = old.parse(data='<a:x> <http://schema.org/name> "Bridge" ; <a:y> [ <a:z> 1 ] .', format="turtle")
    >>> _ = new.parse(data='<a:x> <http://schema.org/name> "Brug" ; <a:y> [ <a:z> 1 ] .', format="turtle")
    >>> found = compare(old, new, "en")
    >>> [(one.kind.value, one.thing, one.about) for one in found.changes], found.added, found.removed
    ([('changed', 'Brug', ('name',))], 1, 1)
    """
    old, new = _sayings(before), _sayings(after)
    things = sorted(old.keys() | new.keys(), key=str)
    found = (_change(thing, old, new, Names(before, language), Names(after, language)) for thing in things)
    changes = sorted((one for one in found if one), key=lambda one: (list(Kind).index(one.kind), one.thing))
    return Changes(tuple(changes), _more(old, new), _more(new, old))


def _sayings(graph: Graph) -> dict[Node, set[Said]]:
    """Gather what is said of each thing with a name."""
    found: dict[Node, set[Said]] = {}
    for subject in set(graph.subjects()):
        if isinstance(subject, URIRef):
            found[subject] = set(_flat(graph, subject))
    return found


def _flat(graph: Graph, subject: URIRef) -> Iterator[Said]:
    """Say each statement about a thing and its parts as the way to it and the value at its end."""
    waiting: list[tuple[Node, Said]] = [(subject, ())]
    passed: set[Node] = set()  # parts may share parts, and each is followed once
    while waiting:
        node, way = waiting.pop()
        for predicate, value in graph.predicate_objects(node):
            here = (*way, predicate)
            yield (*here, "" if isinstance(value, BNode) else value)
            if isinstance(value, BNode) and len(here) < DEEPEST and value not in passed:
                passed.add(value)
                waiting.append((value, here))


def _change(
    thing: Node, old: dict[Node, set[Said]], new: dict[Node, set[Said]], before: Names, after: Names
) -> Change | None:
    if thing not in old:
        return Change(Kind.ADDED, _called(thing, after))
    if thing not in new:
        return Change(Kind.REMOVED, _called(thing, before))
    differing = old[thing] ^ new[thing]
    if not differing:
        return None
    about = {after.path(after.graph, _property(one)) for one in differing}
    return Change(Kind.CHANGED, _called(thing, after), tuple(sorted(about)))


def _called(thing: Node, names: Names) -> str:
    """Name a thing with what it is, unless its name says that already."""
    name = names.thing(thing)
    if (thing, RDF.type, None) not in names.graph:
        return name
    kind = names.kind(thing)
    return name if kind.casefold() in name.casefold() else f"{name} ({kind})"


def _property(said: Iterable[object]) -> URIRef:
    return next(one for one in said if isinstance(one, URIRef))


def _more(one: dict[Node, set[Said]], other: dict[Node, set[Said]]) -> int:
    return sum(len(said - one.get(thing, set())) for thing, said in other.items())

"""Draws conclusions from all descriptions together, and again only where the facts have changed.

Facts that share no thing cannot influence each other, so they are reasoned over apart. What follows for one
component follows for every other one that looks the same but for its names: each pattern is reasoned over
once, and a registry of ten thousand projects has but few of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, Graph, URIRef

from registry.reasoning import InconsistentError, infer, is_fact, kinds, telling_properties
from registry.vocabulary import CODE, GRAPH, KOEPEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rdflib.term import Node

    from registry.graph.store import GraphStore, WritableStore

    Fact = tuple[Node, Node, Node]
    Pattern = frozenset[Fact]

__all__ = ["Component", "components", "conclude", "read_facts", "things_between"]

#: The graphs of the registry say nothing of a thing that its own description does not say.
QUESTION: Final = f"""SELECT ?graph ?subject ?property ?value {{
  VALUES ?property {{ %s }}
  GRAPH ?graph {{ ?subject ?property ?value }}
  FILTER(!STRSTARTS(STR(?graph), "{GRAPH}"))
}}"""
KIND: Final = RDF.type
SHARE: Final = 500
"""So many patterns go to the reasoner at once."""
MOST: Final = 10_000
"""So many patterns are remembered in a process."""


@dataclass(frozen=True)
class Conclusion:
    """What follows for the things of a pattern, and which of them cannot be as they are described."""

    kinds: frozenset[tuple[Node, Node]]
    torn: tuple[str, ...] = ()


@dataclass(frozen=True)
class Component:
    """Facts about things that are linked with each other, and with nothing else."""

    facts: frozenset[Fact]

    @cached_property
    def things(self) -> dict[Node, URIRef]:
        """The things in it, each with a stand-in for its name.

        They are put in an order by what is said of them, so that components that look the same get the same
        stand-ins.
        """
        seen: dict[Node, list[str]] = defaultdict(list)
        for fact in self.facts:
            subject, predicate, value = fact
            linked = _linked_thing(fact)
            seen[subject].append(f"{predicate} {'' if linked else value}")
            if linked:
                seen[linked].append(f"of {predicate}")
        order = sorted(seen, key=lambda thing: (sorted(seen[thing]), str(thing)))
        return {thing: URIRef(f"urn:koepel:thing:{place}") for place, thing in enumerate(order)}

    @cached_property
    def pattern(self) -> Pattern:
        """The facts with stand-ins in the place of names: equal patterns lead to equal conclusions."""
        return frozenset((self.things[s], p, self.things.get(o, o)) for s, p, o in self.facts)

    @property
    def is_named(self) -> bool:
        """True where something in it has a name, so that readers can be told what follows for it."""
        return any(isinstance(thing, URIRef) for fact in self.facts for thing in _things(fact))


def conclude(store: WritableStore, touched: Iterable[Node] | None, tell: Callable[[str], None]) -> None:
    """Write down of what kind things are, as it follows from the facts about them.

    Descriptions that contradict the definitions are told and left out: they never stop the others.

    Args:
        store: Holds the descriptions, and takes the conclusions.
        touched: What a change was about; it is looked at again with all that it is linked with. None stands
            for everything.
        tell: Takes a sentence for each contradiction.
    """
    facts = read_facts(store) if touched is None else _linked_facts(store, touched)
    found = [component for component in components(facts) if component.is_named]
    conclusions = _draw({component.pattern for component in found})
    lines = list[str]()
    for component in found:
        names = {str(stand_in): thing for thing, stand_in in component.things.items()}
        conclusion = conclusions[component.pattern]
        if conclusion.torn:
            tell(str(InconsistentError(tuple(sorted(str(names[one]) for one in conclusion.torn)))))
        for stand_in, kind in conclusion.kinds:
            if isinstance(thing := names[str(stand_in)], URIRef):
                lines.append(f"{thing.n3()} {KIND.n3()} {kind.n3()} .\n")
    about = None if touched is None else {*touched, *(thing for one in found for thing in one.things)}
    store.replace(str(GRAPH.inference), "".join(lines).encode(), about=about)


def read_facts(store: GraphStore, **given: Node) -> frozenset[Fact]:
    """Read the facts from which conclusions can follow: all, or those of a graph, a subject or a value."""
    question = QUESTION % " ".join(sorted(one.n3() for one in telling_properties()))
    rows = ({**given, **row} for row in store.select(question, given).rows)
    facts = ((row["subject"], row["property"], row["value"]) for row in rows)
    return frozenset(fact for fact in facts if is_fact(fact))


def things_between(earlier: frozenset[Fact], later: frozenset[Fact]) -> frozenset[Node]:
    """Name the things of which one version of a document says something that the other does not.

    Things without a name count only where they are linked with a named one: readers are told nothing of the
    others, whose labels change with every new version.
    """
    return frozenset(thing for fact in _visible(earlier) ^ _visible(later) for thing in _things(fact))


def components(facts: Iterable[Fact]) -> Iterator[Component]:
    """Part facts into those that share no thing."""
    about: dict[Node, list[Fact]] = defaultdict(list)
    for fact in facts:
        for thing in _things(fact):
            about[thing].append(fact)
    for start in tuple(about):
        found: set[Fact] = set()
        reached = {start} & about.keys()
        while reached:
            for fact in about.pop(reached.pop()):
                found.add(fact)
                reached.update(thing for thing in _things(fact) if thing in about)
        if found:
            yield Component(frozenset(found))


def _linked_facts(store: GraphStore, things: Iterable[Node]) -> frozenset[Fact]:
    """Read the facts about things, and about all that they are linked with."""
    facts: set[Fact] = set()
    seen: set[Node] = set()
    todo = set(things)
    while todo:
        thing = todo.pop()
        seen.add(thing)
        more = read_facts(store, subject=thing) | read_facts(store, value=thing)
        facts |= more
        todo |= {linked for fact in more for linked in _things(fact)} - seen
    return frozenset(facts)


def _visible(facts: frozenset[Fact]) -> frozenset[Fact]:
    return frozenset(fact for one in components(facts) if one.is_named for fact in one.facts)


def _things(fact: Fact) -> Iterator[Node]:
    yield fact[0]
    if linked := _linked_thing(fact):
        yield linked


def _linked_thing(fact: Fact) -> Node | None:
    """Find the thing that a fact leads to: no text, no class, and no code, which all descriptions share."""
    _, predicate, value = fact
    if predicate == KIND or not isinstance(value, URIRef | BNode):
        return None
    return None if str(value).startswith((CODE, KOEPEL)) else value


_remembered: dict[Pattern, Conclusion] = {}


def _draw(patterns: set[Pattern]) -> dict[Pattern, Conclusion]:
    """Find out what follows from each pattern; the reasoner sees only those that are new to this process."""
    new = sorted(patterns - _remembered.keys(), key=sorted)
    if len(_remembered) + len(new) > MOST:
        _remembered.clear()
        new = sorted(patterns, key=sorted)
    for start in range(0, len(new), SHARE):
        _remembered.update(_reason(new[start : start + SHARE]))
    return {pattern: _remembered[pattern] for pattern in patterns}


def _reason(patterns: list[Pattern]) -> dict[Pattern, Conclusion]:
    """Reason over several patterns at once; one that contradicts itself is found by halving."""
    found = kinds(_together(patterns))
    if found is None:
        middle = len(patterns) // 2
        if not middle:
            return {patterns[0]: _conclude_rest(patterns[0])}
        return _reason(patterns[:middle]) | _reason(patterns[middle:])
    conclusions: list[set[tuple[Node, Node]]] = [set() for _ in patterns]
    for thing, kind in found.subject_objects():
        stand_in, place = str(thing).split("?")
        conclusions[int(place)].add((URIRef(stand_in), kind))
    return {pattern: Conclusion(frozenset(one)) for pattern, one in zip(patterns, conclusions, strict=True)}


def _together(patterns: list[Pattern]) -> Graph:
    """Put patterns into one graph in which they share no thing."""
    graph = Graph()
    for place, pattern in enumerate(patterns):
        for fact in pattern:
            subject, predicate, value = fact
            linked = _linked_thing(fact)
            graph.add(
                (URIRef(f"{subject}?{place}"), predicate, URIRef(f"{linked}?{place}") if linked else value)
            )
    return graph


def _conclude_rest(pattern: Pattern) -> Conclusion:
    """Leave out what contradicts the definitions, and see what follows from the rest."""
    facts, torn = Graph(), set[str]()
    for fact in pattern:
        facts.add(fact)
    while True:
        try:
            found = infer(facts)
        except InconsistentError as error:
            torn.update(error.resources)
            for one in error.resources:
                facts.remove((URIRef(one), None, None))
        else:
            return Conclusion(frozenset(found.subject_objects()), tuple(sorted(torn)))

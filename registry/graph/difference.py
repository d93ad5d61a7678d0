"""What one graph says and another does not, statement by statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from registry.graph.embedded import EmbeddedStore

__all__ = ["Difference", "compare"]

SHOWN: Final = 5
"""So many statements are shown of each side."""


@dataclass(frozen=True)
class Difference:
    """A named graph in which one side says what the other does not."""

    graph: str
    missing: int
    """How many statements should be there and are not."""
    extra: int
    """How many statements are there and should not be."""
    examples: tuple[str, ...]
    """The first of each kind in N-Triples, after a minus or a plus."""


def compare(
    found: EmbeddedStore, expected: EmbeddedStore, matters: Callable[[str], bool] = lambda _: True
) -> Iterator[Difference]:
    """Compare two stores, graph by graph.

    Both must have been written by the registry, which calls things without a name the same each time.

    >>> from registry.graph.embedded import EmbeddedStore
    >>> found, expected = EmbeddedStore.in_memory(), EmbeddedStore.in_memory()
    >>> found.load(b'<a:s> <a:p> "1", "2" .', graph="https://a.example/")
    >>> expected.load(b'<a:s> <a:p> "1", "3" .', graph="https://a.example/")
    >>> [one.examples for one in compare(found, expected)]
    [('- <a:s> <a:p> "3" .', '+ <a:s> <a:p> "2" .')]
    """
    for graph in sorted({*found.graphs(), *expected.graphs()}):
        if matters(graph):
            there, wanted = found.contents(graph), expected.contents(graph)
            if there != wanted:
                yield _difference(graph, set(there.splitlines()), set(wanted.splitlines()))


def _difference(graph: str, there: set[bytes], wanted: set[bytes]) -> Difference:
    missing, extra = sorted(wanted - there), sorted(there - wanted)
    examples = (
        f"{sign} {line.decode()}" for sign, lines in (("-", missing), ("+", extra)) for line in lines[:SHOWN]
    )
    return Difference(graph, len(missing), len(extra), tuple(examples))

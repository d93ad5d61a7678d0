"""One page of the stream, written while it is read from the ledger: it is never in memory as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from federation.feed.line import A, iri, line, truth
from federation.feed.member import member, text_of
from federation.feed.stream import LDES, TREE
from registry.formats import Format
from registry.graph.label import relabel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from federation.feed.stream import Stream
    from registry.ledger import Change, Ledger

__all__ = ["Page", "find_page"]

END: bytes = b" .\n"
"""How every line of canonical N-Quads ends; no text in it holds a line feed."""


@dataclass(frozen=True)
class Page:
    """A page: which part of the ledger it is about, and what became of that part."""

    stream: Stream
    number: int
    touched: int
    """How many erasures touched it."""
    until: int
    """The position up to which the ledger was read."""

    @property
    def first(self) -> int:
        """The position of the first event that it is about."""
        return (self.number - 1) * self.stream.size + 1

    @property
    def last(self) -> int:
        """The position of the last one, as far as the ledger is."""
        return min(self.number * self.stream.size, self.until)

    @property
    def is_full(self) -> bool:
        """Tell whether no further change can come into it."""
        return self.until >= self.number * self.stream.size

    @property
    def address(self) -> str:
        """Where it is found."""
        return self.stream.page(self.number, self.touched)

    def write(self, ledger: Ledger, form: Format) -> Iterator[bytes]:
        """Write it down, change after change in the order of the ledger.

        Raises:
            NotFoundError: A version was erased a moment ago; the page has another address by now.
        """
        changes = ledger.changes(self.first, self.last)
        texts = ledger.canonical(digest for one in changes if (digest := text_of(one)))
        yield "".join(self._about()).encode()
        for change in changes:
            yield "".join(member(self.stream, change)).encode()
            if text_of(change):
                yield _graph(self.stream, change, next(texts)[1], form)

    def _about(self) -> Iterator[str]:
        yield line(iri(self.address), A, iri(TREE.Node))
        if self.is_full:
            yield line(iri(self.address), iri(LDES.immutable), truth())


def find_page(ledger: Ledger, stream: Stream, number: int) -> Page | None:
    """Find a page by its number; beyond the end of the ledger there is none."""
    page = Page(stream, number, 0, ledger.position())
    if not page.first <= page.until:
        return None
    touched = ledger.retouched(stream.size, number).get(number, 0)
    return Page(stream, number, touched, page.until)


def _graph(stream: Stream, change: Change, canonical: bytes, form: Format) -> bytes:
    """Write a text down as the graph that bears the name of the member, with labels of its own."""
    name = stream.member(change.event.position or 0)
    lines = relabel(name, canonical)
    graph = iri(name).encode()
    if form is Format.TRIG:
        return b"%b {\n%b}\n" % (graph, lines)
    return lines.replace(END, b" %b%b" % (graph, END))

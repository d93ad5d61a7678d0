"""A filled comparison table: columns, rows, and cells whose items name the statements behind them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef

from registry.comparison.definition import definition
from registry.comparison.wording import Statement, Wording, in_language
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from registry.comparison.definition import Definition, Heading
    from registry.graph.store import GraphStore, Row

__all__ = ["Cell", "ComparisonTable", "Head", "Item", "TableRow", "Words", "build"]

#: The parts of a statement that a table names, in the order of `Words`.
PARTS: Final = (KOEPEL.Statement, KOEPEL.locator, KOEPEL.asOf, KOEPEL.conflictsWith)


@dataclass(frozen=True)
class Head:
    """The title of a table, column or row in the reader's language."""

    iri: URIRef
    text: Literal


@dataclass(frozen=True)
class Item:
    """One thing that stands in a cell, such as a task, and the actor to whom it belongs, if any."""

    iri: URIRef
    text: Literal
    actor: Head | None
    statements: tuple[Statement, ...]

    @property
    def key(self) -> str:
        """Name the item within its cell: the last parts of the IRIs of actor and item."""
        return " ".join(_short(one) for one in (self.actor.iri if self.actor else None, self.iri) if one)


@dataclass(frozen=True)
class Cell:
    """What the descriptions say at one place of the table; without items they say nothing."""

    column: Head
    items: tuple[Item, ...]

    @property
    def groups(self) -> tuple[tuple[Head | None, tuple[Item, ...]], ...]:
        """Put the items of each actor together."""
        actors = dict.fromkeys(item.actor for item in self.items)
        return tuple((actor, tuple(one for one in self.items if one.actor == actor)) for actor in actors)


@dataclass(frozen=True)
class TableRow:
    """One row: its head, and a cell for each column."""

    head: Head
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Words:
    """How the parts of a statement are called in the reader's language."""

    statement: Literal
    place: Literal
    date: Literal
    conflict: Literal


@dataclass(frozen=True)
class ComparisonTable:
    """A table in one language. `source` and `place` say which published table it can be held against."""

    token: str
    language: str
    title: Literal
    source: Literal
    place: str
    columns: tuple[Head, ...]
    rows: tuple[TableRow, ...]
    words: Words

    @property
    def statements(self) -> tuple[Statement, ...]:
        """List the statements behind the table, in the order in which a reader meets them."""
        items = (item for row in self.rows for cell in row.cells for item in cell.items)
        return tuple(dict.fromkeys(statement for item in items for statement in item.statements))

    @cached_property
    def numbers(self) -> dict[Statement, int]:
        """Number the statements as a reader meets them, from one."""
        return {statement: number for number, statement in enumerate(self.statements, start=1)}

    @property
    def sources(self) -> tuple[tuple[Literal, tuple[Statement, ...]], ...]:
        """Put the statements of each publication together."""
        titles = dict.fromkeys(statement.source for statement in self.statements)
        return tuple(
            (title, tuple(one for one in self.statements if one.source == title)) for title in titles
        )

    def references(self, item: Item) -> list[tuple[int, int]]:
        """Give the numbers of an item's statements, as runs from a first to a last."""
        return runs(self.numbers[statement] for statement in item.statements)


def build(store: GraphStore, token: str, language: str) -> ComparisonTable:
    """Lay programmes or roles side by side, as the descriptions in the graph have them.

    An item stands in a cell because the structure of a description says so (a task assignment with the role
    of the column, an objective, a target group); the statements of an item tell which source said it.
    """
    table = definition(token)
    answers = {
        (row.heading.iri, column.iri): store.select(row.query, table.bindings(column, row)).rows
        for row in table.rows
        for column in table.columns
    }
    wording = _wording(store, language, table, answers.values())
    columns = tuple(_head(one, language) for one in table.columns)
    rows = (
        TableRow(
            _head(row.heading, language),
            tuple(Cell(head, _items(answers[row.heading.iri, head.iri], wording)) for head in columns),
        )
        for row in table.rows
    )
    return ComparisonTable(
        token=token,
        language=language,
        title=_head(table.heading, language).text,
        source=wording.name(table.source),
        place=table.place,
        columns=columns,
        rows=tuple(rows),
        words=_words(wording),
    )


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Put numbers that follow each other together.

    >>> runs([7, 1, 3, 2])
    [(1, 3), (7, 7)]
    """
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _wording(
    store: GraphStore, language: str, table: Definition, answers: Iterable[tuple[Row, ...]]
) -> Wording:
    """Find words for everything that stands in the table, and for what its parts are called."""
    rows = [row for answer in answers for row in answer]
    found = {row[name] for row in rows for name in ("item", "actor") if name in row}
    things = {one for one in found if isinstance(one, URIRef)} | {table.source, *PARTS}
    statements = {one for row in rows if isinstance(one := row.get("statement"), URIRef)}
    return Wording(store, language, things, statements)


def _words(wording: Wording) -> Words:
    return Words(*(wording.name(part) for part in PARTS))


def _head(heading: Heading, language: str) -> Head:
    return Head(heading.iri, in_language(heading.titles, language))


def _items(rows: tuple[Row, ...], wording: Wording) -> tuple[Item, ...]:
    """Gather the answers about one item of one actor; several sources may state the same."""
    found: dict[tuple[Node | None, Node], set[URIRef]] = {}
    for row in rows:
        statements = found.setdefault((row.get("actor"), row["item"]), set())
        if isinstance(statement := row.get("statement"), URIRef):
            statements.add(statement)
    items = (_item(actor, item, statements, wording) for (actor, item), statements in found.items())
    return tuple(sorted(items, key=_place))


def _item(actor: Node | None, item: Node, statements: set[URIRef], wording: Wording) -> Item:
    return Item(
        iri=URIRef(str(item)),
        text=wording.name(item),
        actor=Head(URIRef(str(actor)), wording.name(actor)) if actor else None,
        statements=tuple(sorted(map(wording.statement, statements), key=lambda one: one.identifiers)),
    )


def _place(item: Item) -> tuple[str, str, str]:
    """Order items by actor and by name, so that a task stands at the same place in every cell."""
    return (_sortable(item.actor.text) if item.actor else "", _sortable(item.text), item.iri)


def _sortable(text: str) -> str:
    """Let a letter with an accent stand beside the same letter without one."""
    return unicodedata.normalize("NFD", text.casefold())


def _short(iri: URIRef) -> str:
    document, _, part = iri.rpartition("#")
    return f"{document.rpartition('/')[2]}#{part}" if document else iri.rpartition("/")[2]

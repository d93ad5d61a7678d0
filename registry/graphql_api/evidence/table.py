"""Tables that lay programmes or roles side by side."""

from __future__ import annotations

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.comparison.definition import Definition, definition, table_tokens
from registry.comparison.table import Cell, Head, Item, build
from registry.comparison.table import TableRow as FilledRow
from registry.comparison.wording import in_language
from registry.graphql_api.evidence import statement
from registry.graphql_api.field import field, listed
from registry.graphql_api.kinds import ASource, source
from registry.graphql_api.session import Frame
from registry.graphql_api.text import LocalText, Spoken
from registry.graphql_api.thing.node import Thing
from registry.reading.text import Text, choose

__all__ = ["ComparisonTable", "table", "tables"]


@strawberry.type(description="The head of a row or a column, or the actor to whom an item belongs.")
class TableHead:
    """A head."""

    head: Private[Head]

    @field
    def iri(self) -> str:
        """Its IRI."""
        return str(self.head.iri)

    @field
    def title(self) -> LocalText:
        """What it says."""
        return _text(self.head)


@strawberry.type(description="One thing that stands in a cell, such as a task.")
class TableItem:
    """An item in a cell."""

    frame: Private[Frame]
    item: Private[Item]

    @field
    def iri(self) -> str:
        """Its IRI."""
        return str(self.item.iri)

    @field
    def title(self) -> LocalText:
        """What it is called."""
        return _text(self.item)

    @field
    def actor(self) -> TableHead | None:
        """To whom it belongs, where that matters."""
        return TableHead(head=self.item.actor) if self.item.actor else None

    @listed(2)
    def statements(self) -> list[statement.Statement]:
        """The statements that say so."""
        return statement.statements(self.frame, (one.iri for one in self.item.statements))


@strawberry.type(
    description="What the descriptions say at one place of a table; nothing, if they say nothing."
)
class TableCell:
    """A cell."""

    frame: Private[Frame]
    cell: Private[Cell]

    @field
    def column(self) -> TableHead:
        """The column in which it stands."""
        return TableHead(head=self.cell.column)

    @listed(4)
    def items(self) -> list[TableItem]:
        """What stands in it."""
        return [TableItem(frame=self.frame, item=one) for one in self.cell.items]


@strawberry.type(description="A row of a table.")
class TableRow:
    """A row."""

    frame: Private[Frame]
    row: Private[FilledRow]

    @field
    def head(self) -> TableHead:
        """What the row is about."""
        return TableHead(head=self.row.head)

    @listed(3)
    def cells(self) -> list[TableCell]:
        """A cell for each column."""
        return [TableCell(frame=self.frame, cell=one) for one in self.row.cells]


@strawberry.federation.type(keys=["iri"], description="A table that lays programmes or roles side by side.")
class ComparisonTable(Thing):
    """A comparison table."""

    name: Private[str]
    held: Private[Definition]

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> ComparisonTable | None:
        """Find a table by its IRI."""
        return next((one for one in tables(frame) if one.named == iri), None)

    @field
    def title(self, language: Spoken = None) -> LocalText:
        """What it is called."""
        titles = self.held.heading.titles
        return LocalText.of(choose(titles, *self.frame.speaking(language)) or Text(self.name))

    @field
    def token(self) -> str:
        """The short name by which it is asked for, such as 5.1."""
        return self.name

    @field
    def source(self) -> ASource | None:
        """The publication with the table that this one can be held against."""
        return source(self.frame, self.held.source)

    @field
    def place(self) -> str:
        """Where that table stands in the publication."""
        return self.held.place

    @listed(3)
    def columns(self) -> list[TableHead]:
        """The heads of its columns."""
        language = self.frame.languages[0]
        heads = (Head(one.iri, in_language(one.titles, language)) for one in self.held.columns)
        return [TableHead(head=one) for one in heads]

    @listed(10, weight=200)
    def rows(self) -> list[TableRow]:
        """Its rows, filled from the descriptions, in the first of the languages asked for."""
        filled = build(self.frame.edition.store, self.name, self.frame.languages[0])
        return [TableRow(frame=self.frame, row=one) for one in filled.rows]


def table(frame: Frame, token: str) -> ComparisonTable:
    """Give a table to a client; an unknown token is an error that lists the known ones."""
    held = definition(token)
    return ComparisonTable(frame=frame, named=held.heading.iri, name=token, held=held)


def tables(frame: Frame) -> list[ComparisonTable]:
    """Give all tables to a client."""
    return [table(frame, token) for token in table_tokens()]


def _text(named: Head | Item) -> LocalText:
    return LocalText(value=str(named.text), language=named.text.language or "")

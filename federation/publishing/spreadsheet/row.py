"""A row of a sheet: read as the description of a project, and written from one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib import XSD, Literal

from federation.publishing.asking.answers import own_address
from federation.publishing.asking.field import Field, fields
from federation.publishing.asking.value import SEPARATOR, read_values, write_value
from federation.publishing.profile import read_profile, write_profile
from registry.errors import InvalidDataError, KoepelError, NotAllowedError
from registry.ingest.space import is_inside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from rdflib import Graph
    from rdflib.term import Node

    from federation.publishing.spreadsheet.column import Column
    from federation.publishing.spreadsheet.grid import Cell

__all__ = ["Mistake", "Row", "languages_in", "read_row", "slug", "unknown_heading", "write_row"]

LONGEST_SLUG: Final = 60


@dataclass(frozen=True)
class Mistake:
    """Something that cannot be understood, and where it stands."""

    sheet: str
    row: int
    column: str
    heading: str
    error: KoepelError


@dataclass
class Row:
    """What one row says, and what is wrong with it, by column."""

    address: str = ""
    answers: dict[Field, list[Node]] = field(default_factory=dict)
    wrong: list[tuple[int, KoepelError]] = field(default_factory=list)

    @property
    def lacking(self) -> list[Field]:
        """What a listing needs and the row does not give."""
        known = fields()
        named = any(self.answers.get(known[key]) for key in ("publisher", "publisher.name"))
        missing = [one for one in known.values() if one.required and not self.answers.get(one)]
        return missing if named else [*missing, known["publisher.name"]]

    def describe(self) -> Graph:
        """Make the description."""
        return write_profile(self.address, self.answers)


def read_row(
    cells: Mapping[int, Cell], layout: Mapping[int, Column], site: str, language: str, today: date
) -> Row:
    """Read one row; everything that is wrong with it comes back together.

    Args:
        cells: What stands in the row, by column.
        layout: What the columns are.
        site: The address under which the descriptions will stand.
        language: In which the sheet was filled.
        today: Stands where the date of the last change is left open.
    """
    row = Row()
    for at, column in layout.items():
        cell = cells.get(at)
        if cell is None:
            continue
        try:
            _take(row, column, cell.value, language)
        except KoepelError as error:
            row.wrong.append((at, error))
    modified = fields()["modified"]
    row.answers.setdefault(modified, [Literal(today.isoformat(), datatype=XSD.date, normalize=False)])
    _settle_address(row, layout, site)
    return row


def write_row(
    graph: Graph, project: Node, address: str, layout: Sequence[Column], language: str
) -> list[str]:
    """Write a description as the cells of a row, as far as the columns can hold it."""
    answers = read_profile(graph, project)
    return [
        address if one.field is None else _cell(one, answers.get(one.field, []), language) for one in layout
    ]


def languages_in(graph: Graph, project: Node) -> set[str]:
    """List the languages of the texts that a row would hold."""
    values = (one for found in read_profile(graph, project).values() for one in found)
    return {one.language for one in values if isinstance(one, Literal) and one.language}


def slug(title: str) -> str:
    """Make the end of an address from a title.

    >>> slug("Brücke & Café: Gent!")
    'brucke-cafe-gent'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_SLUG].strip("-") or "project"


def _take(row: Row, column: Column, text: str, language: str) -> None:
    if column.field is None:
        row.address = own_address(text)
        return
    tongue = column.text_language or language
    if values := read_values(column.field, text, tongue):
        row.answers.setdefault(column.field, []).extend(values)


def _settle_address(row: Row, layout: Mapping[int, Column], site: str) -> None:
    """Make an address from the title where none is given, and refuse one that lies elsewhere."""
    at = next((at for at, one in layout.items() if one.field is None), 0)
    titles = sorted(row.answers.get(fields()["title"], []), key=str)
    if not row.address and not any(place == at for place, _ in row.wrong):
        row.address = site + slug(str(titles[0]) if titles else "")
    if row.address and not is_inside(row.address, site.rstrip("/")):
        error = NotAllowedError(
            "row-outside-site",
            "{address} does not lie under {site}. Correct it, or give the address of the site with "
            "--address.",
            address=row.address,
            site=site,
        )
        row.wrong.append((at, error))


def _cell(column: Column, values: Sequence[Node], language: str) -> str:
    held = column.field
    if held is None:
        return ""
    fitting = [one for one in values if (getattr(one, "language", None) or "") == column.text_language]
    texts = [write_value(held, one, language) for one in fitting]
    return f"{SEPARATOR} ".join(texts) if held.many else next(iter(texts), "")


def unknown_heading(text: str) -> InvalidDataError:
    """Make the remark about a column that no project has."""
    return InvalidDataError(
        "column-unknown",
        "The column “{heading}” is not one of the template, so what stands in it is not read.",
        heading=text,
    )

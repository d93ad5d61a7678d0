"""A sheet of projects, as a whole: the template, the descriptions made from it, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from federation.publishing.profile import initiatives, what_is_lost
from federation.publishing.spreadsheet.column import (
    Column,
    columns,
    example_cells,
    find_columns,
    is_of_template,
)
from federation.publishing.spreadsheet.delimited import read_csv, write_csv
from federation.publishing.spreadsheet.grid import MOST_BYTES, Cell, Grid, read_xlsx
from federation.publishing.spreadsheet.row import (
    Mistake,
    Row,
    languages_in,
    read_row,
    unknown_heading,
    write_row,
)
from federation.publishing.spreadsheet.workbook import write_xlsx
from registry.errors import InvalidDataError, NotAllowedError
from registry.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from federation.publishing.asking.field import Field
    from federation.publishing.profile import Loss
    from federation.publishing.site.leaf import Leaf

__all__ = ["Reading", "Writing", "read_book", "template", "write_book"]

HEAD_DEPTH: Final = 6
"""So many rows from the top the names of the columns are looked for."""


@dataclass
class Reading:
    """What a sheet says: its rows, what is wrong with it, and what it leaves open."""

    rows: list[Row] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    notes: list[Mistake] = field(default_factory=list)
    lacking: list[tuple[str, int, Field]] = field(default_factory=list)


@dataclass(frozen=True)
class Writing:
    """A sheet, and for each description what it could not hold."""

    data: bytes
    losses: Mapping[str, list[Loss]]


def template(language: str, *, delimited: bool) -> bytes:
    """Write an empty sheet with one row that shows how."""
    layout = columns(language)
    if delimited:
        return write_csv([*_head(layout, language), example_cells(layout, language)], language)
    return write_xlsx(layout, [], language, example_cells(layout, language))


def write_book(leaves: Sequence[Leaf], language: str, today: date, *, delimited: bool) -> Writing:
    """Write descriptions into a sheet, and tell what it could not hold: read back, that would be missing."""
    about = [(leaf, initiatives(leaf.document.graph)[:1]) for leaf in leaves]
    spoken = {tag for leaf, found in about for one in found for tag in languages_in(leaf.document.graph, one)}
    layout = columns(
        language, [*(one for one in LANGUAGES if one in spoken), *sorted(spoken - set(LANGUAGES))]
    )
    rows, losses = [], {}
    for leaf, found in about:
        for project in found:
            cells = write_row(leaf.document.graph, project, leaf.address, layout, language)
            rows.append(cells)
            losses[leaf.name] = _losses(leaf, cells, layout, language, today)
    if delimited:
        return Writing(write_csv([*_head(layout, language), *rows], language), losses)
    return Writing(write_xlsx(layout, rows, language), losses)


def read_book(data: bytes, name: str, site: str, language: str, today: date) -> Reading:
    """Read a sheet; everything that is wrong comes back at once, with its place."""
    if len(data) > MOST_BYTES:
        raise InvalidDataError(
            "sheet-too-large",
            "The file is larger than {most} million bytes. Take out pictures and sheets that are not needed.",
            most=MOST_BYTES // 1_000_000,
        )
    grids = read_xlsx(data) if data.startswith(b"PK") else [read_csv(data, name)]
    for grid in grids:
        if (found := _layout(grid)) is not None:
            return _read(grid, *found, site, language, today)
    raise InvalidDataError(
        "sheet-without-headings",
        "No row of {file} names the columns of the template. Make a template with koepel spreadsheet "
        "template, and copy your rows into it.",
        file=name,
    )


def _head(layout: Sequence[Column], language: str) -> list[list[str]]:
    return [
        [one.key for one in layout],
        [one.heading(language) for one in layout],
        [one.hint(language) for one in layout],
    ]


def _losses(
    leaf: Leaf, cells: Sequence[str], layout: Sequence[Column], language: str, today: date
) -> list[Loss]:
    held = {at: Cell(text) for at, text in enumerate(cells) if text}
    row = read_row(held, dict(enumerate(layout)), leaf.site, language, today)
    return what_is_lost(leaf.document.graph, row.describe(), leaf.address)


def _layout(grid: Grid) -> tuple[int, dict[int, Column]] | None:
    """Find the row that names the columns, and which they are."""
    candidates = []
    for number, cells in grid.rows[:HEAD_DEPTH]:
        width = max(cells) + 1
        found = find_columns(cells[at].text if at in cells else "" for at in range(width))
        candidates.append((len(found), -number, found))
    count, number, found = max(candidates, key=lambda one: one[:2], default=(0, 0, {}))
    names = {one.field.key for one in found.values() if one.field}
    return (-number, found) if count and "title" in names else None


def _read(grid: Grid, head: int, layout: dict[int, Column], site: str, language: str, today: date) -> Reading:
    reading = Reading()
    seen: dict[str, int] = {}
    first = dict(grid.rows)[head]
    for number, cells in grid.rows:
        if number <= head:
            continue
        if all(at in layout and is_of_template(layout[at], cell.text) for at, cell in cells.items()):
            continue
        _note_unknown(reading, grid, first, layout, number, cells)
        if not any(at in layout for at in cells):
            continue
        row = read_row(cells, layout, site, language, today)
        _refuse_again(row, seen, number, layout)
        place = {at: (_letter(at), layout[at].heading(language)) for at in layout}
        reading.mistakes += [
            Mistake(grid.sheet, number, *place.get(at, (_letter(at), "")), error) for at, error in row.wrong
        ]
        reading.lacking += [(grid.sheet, number, one) for one in row.lacking if not row.wrong]
        reading.rows.append(row)
    return reading


def _note_unknown(
    reading: Reading,
    grid: Grid,
    first: Mapping[int, Cell],
    layout: Mapping[int, Column],
    number: int,
    cells: Mapping[int, Cell],
) -> None:
    """Tell once of each column that is not read."""
    told = {one.column for one in reading.notes}
    for at in cells:
        if at not in layout and _letter(at) not in told:
            name = first[at].text if at in first else _letter(at)
            reading.notes.append(Mistake(grid.sheet, number, _letter(at), name, unknown_heading(name)))


def _refuse_again(row: Row, seen: dict[str, int], number: int, layout: Mapping[int, Column]) -> None:
    before = seen.setdefault(row.address, number)
    if row.address and before != number:
        at = next((at for at, one in layout.items() if one.field is None), min(layout))
        error = NotAllowedError(
            "row-twice",
            "Row {row} has the same address, {address}. Give each project its own, or its own title.",
            row=before,
            address=row.address,
        )
        row.wrong.append((at, error))


def _letter(at: int) -> str:
    """Name a column as spreadsheets do.

    >>> _letter(0), _letter(25), _letter(26)
    ('A', 'Z', 'AA')
    """
    high, low = divmod(at, 26)
    return (_letter(high - 1) if high else "") + chr(ord("A") + low)

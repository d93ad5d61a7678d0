"""A sheet as CSV: with either sign between the columns, with or without a byte order mark, safe to open.

A spreadsheet takes a text that begins with = + - or @ for a formula. Such a text gets an apostrophe before
it, which is taken away on reading.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING, Final

from federation.publishing.spreadsheet.column import find_columns
from federation.publishing.spreadsheet.grid import MOST_ROWS, Cell, Grid, too_many_rows
from registry.errors import InvalidDataError
from registry.ingest.guard import decode_text
from registry.vocabulary import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["disarm", "read_csv", "write_csv"]

SIGNS: Final = (";", ",", "\t")
FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
ARMED: Final = re.compile(r"'+[=+\-@\t\r]")
TOLD_SIGN: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
FIRST_LINES: Final = 5


def write_csv(rows: Iterable[Iterable[str]], language: str) -> bytes:
    """Write rows as spreadsheets in the reader's language expect them, so that a double click opens them."""
    file = StringIO()
    writer = csv.writer(file, delimiter="," if language == ENGLISH else ";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([disarm(one) for one in row])
    return file.getvalue().encode("utf-8-sig")


def disarm(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    >>> disarm("=1+1"), disarm("De Brug"), disarm("'=1")
    ("'=1+1", 'De Brug', "''=1")
    """
    return f"'{text}" if FORMULA.match(text) else text


def read_csv(data: bytes, name: str) -> Grid:
    r"""Read a sheet in CSV; which sign stands between the columns is seen from its headings.

    >>> grid = read_csv(b"koepel/title@nl;koepel/country\r\nDe Brug;BE", "projects.csv")
    >>> grid.rows[1][1][0].text
    'De Brug'
    """
    text = decode_text(data)
    told = TOLD_SIGN.match(text)
    sign = told[1] if told else max(SIGNS, key=lambda one: _known(text, one))
    try:
        lines = list(
            _limited(csv.reader(StringIO(text[told.end() if told else 0 :], newline=""), delimiter=sign))
        )
    except csv.Error as error:
        raise InvalidDataError(
            "csv-broken",
            "The file is not CSV that can be read: {reason}. Save it again from the spreadsheet as CSV in "
            "UTF-8.",
            reason=str(error),
        ) from error
    first = 2 if told else 1
    rows = ((number, _cells(line)) for number, line in enumerate(lines, start=first))
    return Grid(name, tuple((number, cells) for number, cells in rows if cells))


def _limited(reader: Iterable[list[str]]) -> Iterable[list[str]]:
    count = 0
    for row in reader:
        count += any(row)
        if count > MOST_ROWS:
            raise too_many_rows()
        yield row


def _cells(row: list[str]) -> dict[int, Cell]:
    texts = ((at, (one[1:] if ARMED.match(one) else one).strip()) for at, one in enumerate(row))
    return {at: Cell(one.replace("\r\n", "\n")) for at, one in texts if one}


def _known(text: str, sign: str) -> int:
    """Count how many columns of a sheet would be recognised with a sign."""
    try:
        lines = csv.reader(StringIO(text, newline=""), delimiter=sign)
        return max(
            (len(find_columns(row)) for row, _ in zip(lines, range(FIRST_LINES), strict=False)), default=0
        )
    except csv.Error:
        return 0

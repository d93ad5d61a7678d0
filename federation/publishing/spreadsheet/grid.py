"""What stands in a sheet, cell by cell, as text: read from XLSX or CSV with a limit to everything.

Formulas are never worked out. What a sheet keeps as a number or a date becomes a text that can mean one thing
only, so that one way of reading serves both forms.
"""

from __future__ import annotations

import warnings
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from registry.errors import InvalidDataError, KoepelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["MOST_BYTES", "MOST_ROWS", "Cell", "Grid", "read_xlsx", "too_many_rows"]

MOST_BYTES: Final = 10_000_000
MOST_UNPACKED: Final = 60_000_000
MOST_PARTS: Final = 300
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 400
LAST_ROW: Final = 1_048_576
"""No sheet of XLSX has more (ECMA-376)."""
DOUBTFUL_DIGITS: Final = 3
BROKEN: Final = (
    AttributeError,
    IndexError,
    InvalidFileException,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,  # so XML that is broken is told, by either of the parsers that openpyxl takes
    TypeError,
    ValueError,
    zipfile.BadZipFile,
)
"""What a library may say of a file that is none, or was made to mislead it."""


@dataclass(frozen=True)
class Cell:
    """A cell: its text, or why it has none that can be used."""

    text: str
    trouble: KoepelError | None = None

    @property
    def value(self) -> str:
        """Its text; raises what is wrong with it."""
        if self.trouble is not None:
            raise self.trouble
        return self.text


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet that hold something, by row counted from one and column counted from zero."""

    sheet: str
    rows: tuple[tuple[int, dict[int, Cell]], ...]


def read_xlsx(data: bytes) -> list[Grid]:
    """Read every sheet of a workbook that people see.

    Raises `InvalidDataError` for a file that is no workbook, or unpacks to more than a sheet can be.
    """
    _refuse_swollen(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it leaves out, such as colours
            book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
            return [
                Grid(sheet.title, tuple(_rows(sheet)))
                for sheet in book.worksheets
                if sheet.sheet_state == "visible"
            ]
    except BROKEN as error:
        raise _no_workbook() from error


def too_many_rows() -> InvalidDataError:
    """Make the error for a sheet that is too long."""
    return InvalidDataError(
        "sheet-too-long", "The sheet holds more than {most} projects. Split it into several.", most=MOST_ROWS
    )


def _rows(sheet: Any) -> Iterator[tuple[int, dict[int, Cell]]]:
    count = 0
    sheet.reset_dimensions()  # what the file says of its own size may leave rows out
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > LAST_ROW:
            raise _no_workbook()
        cells = dict(_cells(row))
        if cells:
            count += 1
            yield number, cells
        if count > MOST_ROWS:
            raise too_many_rows()


def _cells(row: Iterable[Any]) -> Iterator[tuple[int, Cell]]:
    for at, cell in enumerate(row):
        if cell.value is None:
            continue
        if cell.data_type == "f":
            yield at, Cell("", _formula())
        elif cell.data_type == "e":
            yield at, Cell("", _broken_cell(str(cell.value)))
        elif text := _text(cell.value).strip():
            yield at, Cell(text)


def _text(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return _number(value)
        case datetime():
            return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value).replace("\r\n", "\n").replace("_x000D_\n", "\n")


def _number(value: float) -> str:
    """Write a number so that nobody can take its point for a sign between thousands."""
    if value.is_integer():
        return str(int(value))
    text = f"{value:.10f}".rstrip("0")
    return text + "0" if len(text.partition(".")[2]) == DOUBTFUL_DIGITS else text


def _refuse_swollen(data: bytes) -> None:
    """Look into the packed file before anybody unpacks it: how many parts, how large, and plain XML only."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
                raise InvalidDataError(
                    "workbook-too-large",
                    "The workbook unpacks to more than {most} million characters. Take out pictures and "
                    "sheets that are not needed, or save it as CSV.",
                    most=MOST_UNPACKED // 1_000_000,
                )
            if any(b"<!DOCTYPE" in packed.read(one).replace(b"\0", b"") for one in parts):
                raise _no_workbook()
    except BROKEN as error:
        raise _no_workbook() from error


def _no_workbook() -> InvalidDataError:
    return InvalidDataError(
        "no-workbook",
        "The file is not a workbook that can be read. Save it as XLSX (Excel workbook) or as CSV, without a "
        "password.",
    )


def _formula() -> InvalidDataError:
    return InvalidDataError(
        "cell-formula",
        "There is a formula, and formulas are not worked out here. Copy the cell and paste its value in its "
        "place.",
    )


def _broken_cell(text: str) -> InvalidDataError:
    return InvalidDataError(
        "cell-error", "There is the error {text} of the spreadsheet. Write the value itself.", text=text
    )

"""A sheet as XLSX: headings and hints in the reader's language, the code lists as drop-downs.

The first row is hidden and names the columns for programs. A second sheet, hidden too, holds the choices with
the IRIs behind them. Everything is written as text, a number or a date, and nothing as a formula.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from federation.publishing.asking.choice import choices
from federation.publishing.asking.field import Kind
from federation.publishing.asking.value import yes_and_no
from registry.errors import InvalidDataError
from registry.translation import Translator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from federation.publishing.spreadsheet.column import Column

__all__ = ["HEAD_ROWS", "write_xlsx"]

LISTS: Final = "koepel"
HEAD_ROWS: Final = 3
MOST_FILLED: Final = 2_000
LONGEST_CELL: Final = 32_767
LONGEST_TITLE, LONGEST_PROMPT = 32, 255
WIDTHS: Final = {Kind.TEXT: 40, Kind.WEB: 30, Kind.MAIL: 30, Kind.NUMBER: 14, Kind.COUNT: 14, Kind.ANSWER: 12}
USUAL_WIDTH: Final = 24
MADE: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands in the file as the day on which it was made, so that the same content gives the same bytes."""
LISTED: Final = {Kind.CODE, Kind.COUNTRY, Kind.REGION, Kind.LANGUAGE, Kind.ANSWER}


def write_xlsx(
    layout: Sequence[Column], rows: Sequence[Sequence[str]], language: str, example: Sequence[str] = ()
) -> bytes:
    """Write a workbook with a sheet of projects, ready to be filled or to be read back."""
    file = BytesIO()
    book = xlsxwriter.Workbook(
        file,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"created": MADE.replace(tzinfo=None)})
    _Writer(book, layout, language).write(rows, example)
    book.close()
    return file.getvalue()


class _Writer:
    def __init__(self, book: Any, layout: Sequence[Column], language: str) -> None:
        _ = Translator("web", language)
        self.layout = layout
        self.language = language
        self.sheet = book.add_worksheet(_("Projects"))
        self.lists = book.add_worksheet(LISTS)
        self.lists.hide()
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.hint = book.add_format(
            {"italic": True, "text_wrap": True, "valign": "top", "font_color": "#595959"}
        )
        self.text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.plain = book.add_format({"valign": "top"})
        self.shown = book.add_format({"num_format": "@", "italic": True, "valign": "top", "text_wrap": True})

    def write(self, rows: Sequence[Sequence[str]], example: Sequence[str]) -> None:
        for at, column in enumerate(self.layout):
            self._head(at, column)
            self._validate(at, column)
        for at, text in enumerate(example):
            self.sheet.write_string(HEAD_ROWS, at, text, self.shown)
        first = HEAD_ROWS + bool(example)
        for number, row in enumerate(rows, start=first):
            for at, (column, text) in enumerate(zip(self.layout, row, strict=True)):
                self._cell(number, at, column, text)
        self.sheet.set_row(0, None, None, {"hidden": True})
        self.sheet.freeze_panes(HEAD_ROWS, 2)

    def _head(self, at: int, column: Column) -> None:
        kind = column.field.kind if column.field else Kind.WEB
        form = (
            self.day if kind is Kind.DAY else self.plain if kind in {Kind.NUMBER, Kind.COUNT} else self.text
        )
        self.sheet.set_column(at, at, WIDTHS.get(kind, USUAL_WIDTH), form)
        self.sheet.write_string(0, at, column.key)
        self.sheet.write_string(1, at, column.heading(self.language), self.heading)
        self.sheet.write_string(2, at, column.hint(self.language), self.hint)
        if advice := column.advice(self.language):
            self.sheet.write_comment(1, at, advice)

    def _validate(self, at: int, column: Column) -> None:
        """Offer the choices; what is typed instead is looked at when the sheet is read."""
        found = self._choices(column)
        if not found:
            return
        self.lists.write_string(0, 2 * at, column.key)
        for number, (name, iri) in enumerate(found, start=1):
            self.lists.write_string(number, 2 * at, name)
            self.lists.write_string(number, 2 * at + 1, iri)
        letter = xl_col_to_name(2 * at)
        self.sheet.data_validation(
            HEAD_ROWS,
            at,
            HEAD_ROWS + MOST_FILLED,
            at,
            {
                "validate": "list",
                "source": f"={LISTS}!${letter}$2:${letter}${len(found) + 1}",
                "show_error": False,  # several values in one cell are no mistake
                "input_title": column.heading(self.language)[:LONGEST_TITLE],
                "input_message": column.hint(self.language)[:LONGEST_PROMPT],
            },
        )

    def _choices(self, column: Column) -> list[tuple[str, str]]:
        if column.field is None or column.field.kind not in LISTED:
            return []
        if column.field.kind is Kind.ANSWER:
            return list(zip(yes_and_no(self.language), ("true", "false"), strict=True))
        return [(name, str(iri)) for iri, name in choices(column.field, self.language).items()]

    def _cell(self, row: int, at: int, column: Column, text: str) -> None:
        kind = column.field.kind if column.field else Kind.WEB
        if not text:
            return
        if kind is Kind.DAY and _is_day(text):
            self.sheet.write_datetime(row, at, datetime.fromisoformat(text), self.day)
        elif kind in {Kind.NUMBER, Kind.COUNT} and (number := _number(text)) is not None:
            self.sheet.write_number(row, at, number, self.plain)
        elif len(text) > LONGEST_CELL:
            raise InvalidDataError(
                "text-too-long-for-cell",
                "A text is longer than the {most} characters that a cell of XLSX holds. Write the sheet as "
                "CSV.",
                most=LONGEST_CELL,
            )
        else:
            self.sheet.write_string(row, at, text, self.text)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).year > 1900
    except ValueError:
        return False


def _number(text: str) -> float | None:
    """Give a number that a workbook keeps as it is."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if f"{value:.10f}".rstrip("0").rstrip(".") == text.replace(",", ".") else None

"""What stands in a file that somebody sends: read within limits, or refused."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from federation.publishing.spreadsheet.book import read_book, template
from federation.publishing.spreadsheet.grid import MOST_BYTES, MOST_ROWS, read_xlsx
from registry.errors import InvalidDataError
from tests.federation.publishing.sample import SITE, TODAY


def saved(*rows: Sequence[object]) -> bytes:
    """Save rows as a workbook."""
    book, file = Workbook(), BytesIO()
    page = book.active
    assert isinstance(page, Worksheet)
    for row in rows:
        page.append(list(row))
    book.save(file)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Put a part into a packed file, in the place of the one of that name."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return file.getvalue()


def refused(data: bytes) -> str:
    """Say why a file is refused."""
    with pytest.raises(InvalidDataError) as error:
        read_book(data, "projects.xlsx", SITE, "en", TODAY)
    return error.value.code


def test_numbers_and_dates_of_a_sheet_can_mean_one_thing_only() -> None:
    (grid,) = read_xlsx(saved([2.5, 1.125, 8, 1500.0, True, datetime(2026, 3, 1), date(2026, 3, 1)]))

    assert [one.text for one in grid.rows[0][1].values()] == [
        "2.5", "1.1250", "8", "1500", "true", "2026-03-01", "2026-03-01",
    ]  # fmt: skip


def test_a_formula_is_told_and_not_worked_out() -> None:
    (grid,) = read_xlsx(saved(['=HYPERLINK("https://other.example","x")', "'=1"]))
    formula, text = grid.rows[0][1].values()

    assert formula.trouble is not None
    assert text.text == "'=1"


def test_a_file_that_swells_is_refused_before_it_is_unpacked() -> None:
    assert refused(with_part(saved(["a"]), "xl/media/huge.bin", bytes(61_000_000))) == "workbook-too-large"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 and nothing behind it",
        with_part(saved(["a"]), "xl/workbook.xml", b"<broken"),
        with_part(saved(["a"]), "xl/worksheets/sheet1.xml", b'<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'),
        saved(["a"])[:-200],
    ],
)
def test_a_file_that_is_no_workbook_is_refused(data: bytes) -> None:
    assert refused(data) == "no-workbook"


def test_a_file_that_is_too_large_is_refused_at_once() -> None:
    assert refused(b"PK" + bytes(MOST_BYTES)) == "sheet-too-large"


def test_a_sheet_with_too_many_rows_is_refused_and_never_cut() -> None:
    rows = "\n".join(f"Project {number}" for number in range(MOST_ROWS + 1))

    assert refused(saved(*([f"Project {number}"] for number in range(MOST_ROWS + 1)))) == "sheet-too-long"
    assert refused(f"koepel/title@en\n{rows}".encode()) == "sheet-too-long"


def test_a_row_far_below_is_not_overlooked() -> None:
    book = saved(["koepel/title@en"])
    far = b'<row r="50000"><c r="A50000" t="inlineStr"><is><t>The Bridge</t></is></c></row></sheetData>'
    sheet = zipfile.ZipFile(BytesIO(book)).read("xl/worksheets/sheet1.xml").replace(b"</sheetData>", far)

    reading = read_book(with_part(book, "xl/worksheets/sheet1.xml", sheet), "x.xlsx", SITE, "en", TODAY)

    assert [row.address for row in reading.rows] == [SITE + "the-bridge"]


@pytest.mark.parametrize("data", [b"a;b\n1;2", b"koepel/country\nBelgium", saved(["Title"], ["The Bridge"])])
def test_a_sheet_without_the_columns_of_the_template_is_refused(data: bytes) -> None:
    assert refused(data) == "sheet-without-headings"


@pytest.mark.parametrize(
    "data", ["koepel/title@nl\nBrücke".encode("latin-1"), "koepel/title@nl".encode("utf-16")]
)
def test_a_sheet_in_another_encoding_is_refused(data: bytes) -> None:
    assert refused(data) == "not-utf8"


def test_hidden_sheets_are_not_read() -> None:
    assert [one.sheet for one in read_xlsx(template("en", delimited=False))] == ["Projects"]

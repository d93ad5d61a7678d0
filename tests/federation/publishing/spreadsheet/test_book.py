"""Sheets of projects: the template, what is read from them, and the way back."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from federation.publishing.asking.choice import choices
from federation.publishing.asking.field import fields
from federation.publishing.profile import what_is_lost
from federation.publishing.site.leaf import Leaf, read_own_leaf
from federation.publishing.spreadsheet.book import Reading, read_book, template, write_book
from federation.publishing.spreadsheet.column import columns
from federation.publishing.spreadsheet.delimited import write_csv
from federation.publishing.writing.turtle import write_turtle
from registry.vocabulary import LANGUAGES
from tests.federation.publishing.sample import SITE, TODAY

EXAMPLES = Path(__file__).parents[4] / "examples" / "fictitious"
HOME = "https://w3id.org/koepel/example/fictitious/"
TITLE = "koepel/title@en"
HEAD = (TITLE, "koepel/description@en", "koepel/publisher.name@en", "koepel/country", "koepel/audience")
WHOLE = ("The Bridge", "Every week.", "The Bridge Association (fictitious)", "Belgium", "Newcomer")


def examples() -> list[Leaf]:
    """Read the descriptions that are made up."""
    names = ("complete-project", "starting-project", "private-mailbox-project")
    return [read_own_leaf((EXAMPLES / f"{one}.ttl").read_bytes(), one) for one in names]


def read(*rows: tuple[str, ...], language: str = "en") -> Reading:
    """Read rows of text."""
    return read_book(write_csv(rows, language), "projects.csv", SITE, language, TODAY)


def workbook(cells: Mapping[str, object], sheet: str = "Projects") -> bytes:
    """Write a workbook as a person would: the columns of the template, and cells under them."""
    book, file = Workbook(), BytesIO()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = sheet
    page.append(list(HEAD))
    for place, value in cells.items():
        page[place] = value  # type: ignore[assignment]  # whatever a person may write
    book.save(file)
    return file.getvalue()


def told(reading: Reading) -> list[tuple[str, int, str, str]]:
    """Say what is wrong, and where."""
    return [(one.sheet, one.row, one.column, one.error.code) for one in reading.mistakes]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("delimited", [True, False])
def test_a_template_that_nobody_filled_holds_no_project(language: str, *, delimited: bool) -> None:
    reading = read_book(template(language, delimited=delimited), "t", SITE, "en", TODAY)

    assert (reading.rows, reading.mistakes, reading.notes) == ([], [], [])


def test_the_template_offers_every_code_list_as_a_choice() -> None:
    book = load_workbook(BytesIO(template("nl", delimited=False)))
    page, lists = book["Projecten"], book["koepel"]
    offered = {
        str(one.sqref).partition(":")[0].rstrip("0123456789"): one.formula1
        for one in page.data_validations.dataValidation
    }
    keys = {get_column_letter(at): str(cell.value) for at, cell in enumerate(page[1], start=1)}
    coded = {f"koepel/{one.key}" for one in fields().values() if one.scheme}

    assert coded <= {keys[letter] for letter in offered}
    at = next(letter for letter in offered if keys[letter] == "koepel/audience")
    column = offered[at].split("$")[1]
    names = [str(cell.value) for cell in lists[column][1:] if cell.value]
    assert names == list(choices(fields()["audience"], "nl").values())
    assert lists.sheet_state == "hidden"
    assert page.row_dimensions[1].hidden


def test_the_example_says_that_it_is_made_up() -> None:
    page = load_workbook(BytesIO(template("de", delimited=False)))["Projekte"]

    assert "Beispielprojekt Die Brücke (fiktiv)" in {cell.value for cell in page[4]}
    assert not any(str(cell.value or "").startswith("=") for row in page.iter_rows() for cell in row)


def test_the_template_is_the_same_every_time() -> None:
    assert template("fr", delimited=False) == template("fr", delimited=False)


@pytest.mark.parametrize("delimited", [True, False])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_a_sheet_can_hold_comes_back_equal_and_the_rest_is_listed(
    language: str, *, delimited: bool
) -> None:
    made = write_book(examples(), language, TODAY, delimited=delimited)

    reading = read_book(made.data, "sheet", HOME, language, TODAY)

    assert reading.mistakes == []
    for leaf, row in zip(examples(), reading.rows, strict=True):
        lost = what_is_lost(leaf.document.graph, row.describe(), leaf.address)
        assert lost == made.losses[leaf.name]
        assert {one.path[0] for one in lost if one.is_told}.isdisjoint({str(DCTERMS.audience)})


def test_a_sheet_that_was_read_and_written_stays_the_same() -> None:
    first = write_book(examples(), "nl", TODAY, delimited=True).data
    leaves = [
        read_own_leaf(_turtle(row.describe(), row.address), leaf.name)
        for leaf, row in zip(examples(), read_book(first, "s", HOME, "nl", TODAY).rows, strict=True)
    ]

    again = write_book(leaves, "nl", TODAY, delimited=True)

    assert again.data == first
    assert all(not losses for losses in again.losses.values())


def test_everything_that_is_wrong_is_told_with_its_sheet_row_and_column() -> None:
    reading = read_book(
        workbook({"A2": "A", "D2": "Belgjum", "A3": "A", "E3": "Newcomer; Kat", "A4": "=1+1", "B4": "#N/A"}),
        "x.xlsx", SITE, "en", TODAY,
    )  # fmt: skip

    assert told(reading) == [
        ("Projects", 2, "D", "value-nearly-in-list"),
        ("Projects", 3, "E", "value-not-in-list"),
        ("Projects", 3, "A", "row-twice"),
        ("Projects", 4, "A", "cell-formula"),
        ("Projects", 4, "B", "cell-error"),
    ]


def test_a_row_that_lacks_something_says_what() -> None:
    reading = read(HEAD, ("The Bridge", "", "", "Belgium"))

    assert [one.key for _, _, one in reading.lacking] == ["description", "audience", "publisher.name"]
    assert read(HEAD, WHOLE).lacking == []


@pytest.mark.parametrize(
    ("sign", "start"), [(";", ""), (",", ""), ("\t", ""), (";", "\ufeff"), ("|", "sep=|\r\n")]
)
def test_either_sign_may_stand_between_columns(sign: str, start: str) -> None:
    data = (start + "\r\n".join(sign.join(row) for row in (HEAD, WHOLE))).encode()

    reading = read_book(data, "p.csv", SITE, "en", TODAY)

    assert [row.address for row in reading.rows] == [SITE + "the-bridge"]


def test_columns_are_known_by_their_headings_too_wherever_they_stand() -> None:
    heads = {one.key: one.heading("fr") for one in columns("fr")}
    layout = ("Notes", heads["koepel/audience"], heads["koepel/title@fr"], heads["koepel/country"])

    reading = read(layout, ("privé", "Réfugié", "Le Pont", "France"), language="fr")

    (row,) = reading.rows
    assert Literal("Le Pont", lang="fr") in set(row.describe().objects())
    assert [(one.heading, one.column) for one in reading.notes] == [("Notes", "A")]


@pytest.mark.parametrize(
    "words", ["=HYPERLINK(1)", "+32", "-1", "@home", "'=quoted", "'", "plain", 'a;b\n"c"']
)
@pytest.mark.parametrize("delimited", [True, False])
def test_a_text_is_never_a_formula_and_comes_back_as_it_was(words: str, *, delimited: bool) -> None:
    (row,) = read(HEAD, (words, *WHOLE[1:])).rows
    leaf = read_own_leaf(_turtle(row.describe(), row.address), "one")

    data = write_book([leaf], "en", TODAY, delimited=delimited).data

    if delimited:
        assert not any(cell.startswith(("=", "+", "@")) for cell in data.decode("utf-8-sig").split(","))
    (back,) = read_book(data, "sheet", SITE, "en", TODAY).rows
    assert list(back.describe().objects(URIRef(row.address), DCTERMS.title)) == [Literal(words, lang="en")]


def test_an_address_elsewhere_is_refused() -> None:
    reading = read((*HEAD, "koepel/address"), (*WHOLE, "https://other.example/x"), (*WHOLE, "x y"))

    assert told(reading) == [
        ("projects.csv", 2, "F", "row-outside-site"),
        ("projects.csv", 3, "F", "value-no-web-address"),
    ]


def _turtle(graph: Graph, address: str) -> bytes:
    return write_turtle(graph, address).encode()

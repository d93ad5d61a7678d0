"""Every row of the fact tables is stated in one example document, or left out in one README with a reason."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rdflib import DCTERMS

from registry.dataset import examples_folder
from tests.examples.reading import DOCUMENTS, read

TABLES = (
    "tables",
    "pilot_practices",
    "quality",
    "findings",
    "concepts",
    "organisations",
    "programmes",
    "projects",
)
LEFT_OUT = re.compile(r"^\| row \| reason \|\n\|---\|---\|\n((?:\|.*\|\n)+)", re.MULTILINE)


def lines(facts: Path, name: str) -> list[dict[str, str]]:
    """Read one of the fact tables."""
    with (facts / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows(facts: Path) -> Iterator[str]:
    """Name every row of the fact tables; one without a name of its own is numbered within its entity."""
    for name in TABLES:
        yield from (line["id"] for line in lines(facts, name))
    for line in lines(facts, "organisation_roles"):
        yield f"{line['org_id']}-{int(line['order']):02}"
    seen: Counter[str] = Counter()
    for line in lines(facts, "programme_project_evidence"):
        attribute = f"{line['entity_id']}-{line['attribute']}"
        seen[attribute] += 1
        yield f"{attribute}-{seen[attribute]}"


def stated() -> Iterator[str]:
    """Name the rows that documents carry, once for each document."""
    for iri in DOCUMENTS:
        yield from {str(row) for row in read(iri).objects(None, DCTERMS.identifier)}


def left_out() -> Iterator[tuple[str, str]]:
    """Name the rows that READMEs leave out, each with its reason."""
    for path in sorted(examples_folder().rglob("README.md")):
        for table in LEFT_OUT.findall(path.read_text(encoding="utf-8")):
            for line in table.splitlines():
                names, reason = line.strip("| ").split(" | ", 1)
                yield from ((row, reason) for row in names.split(", "))


def test_every_row_stands_in_one_document_or_in_one_readme(shared: Path) -> None:
    places = Counter(stated()) + Counter(row for row, _ in left_out())

    assert {row: places[row] for row in rows(shared / "facts") if places[row] != 1} == {}


def test_only_rows_that_exist_are_left_out(shared: Path) -> None:
    known = set(rows(shared / "facts"))

    assert [row for row, _ in left_out() if row not in known] == []


def test_every_row_that_is_left_out_has_a_reason_in_words() -> None:
    assert [row for row, reason in left_out() if len(reason.split()) < 3] == []

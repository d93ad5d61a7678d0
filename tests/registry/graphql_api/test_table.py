"""The comparison tables are those of the pages, with the statements behind every cell."""

from registry.comparison.table import build
from registry.reading.edition import Edition
from tests.registry.graphql_api.conftest import Ask

TABLE = """query($language: [Language!]!) { comparisonTable(token: "5.1", language: $language) {
  token title { value } place source { title { value } } columns { iri title { value } }
  rows { head { title { value } } cells { column { iri } items {
    iri title { value } actor { title { value } } statements { identifiers source { iri } } } } }
} }"""


def test_a_table_is_the_one_of_the_page(ask: Ask, edition: Edition) -> None:
    found = ask(TABLE, language="CA")["comparisonTable"]
    page = build(edition.store, "5.1", "ca")

    assert found["title"]["value"] == str(page.title)
    assert [one["title"]["value"] for one in found["columns"]] == [str(one.text) for one in page.columns]
    for row, expected in zip(found["rows"], page.rows, strict=True):
        assert row["head"]["title"]["value"] == str(expected.head.text)
        items = [[item["title"]["value"] for item in cell["items"]] for cell in row["cells"]]
        assert items == [[str(item.text) for item in cell.items] for cell in expected.cells]


def test_what_stands_in_a_cell_names_who_says_so(ask: Ask) -> None:
    found = ask(TABLE, language="EN")["comparisonTable"]
    items = [item for row in found["rows"] for cell in row["cells"] for item in cell["items"]]

    assert len(items) > 50
    said = [item for item in items if item["statements"]]
    assert len(said) > 0.9 * len(items)
    assert all(one["identifiers"] and one["source"] for item in said for one in item["statements"])


def test_all_tables_are_listed(ask: Ask) -> None:
    found = ask("{ comparisonTables(language: DE) { token title { language } } }")["comparisonTables"]

    assert [one["token"] for one in found] == ["2.1", "3.1", "4.1", "5.1"]
    assert {one["title"]["language"] for one in found} == {"de"}

"""Clients learn which version of a standard counts, and what is announced."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from registry.home import publish
from registry.validation.standard import load_library
from tests.registry.certification.town import SOURCE, town
from tests.registry.graphql_api.conftest import Ask, asking, open_edition, putting

DAY = date(2026, 11, 22)
STANDARD = """{ standard(token: "cms") { version versions { number announced countsFrom notes { value } }
  requirements { identifier uses { counts countsFrom noLongerCountsFrom level { notation }
    criterion { identifier } } } } }"""
REPORT = """query($iri: String!) { document(iri: $iri) { report(standards: ["cms"]) { standards { conforms
  coming { version { number } conforms findings { message }
    added { requirement { identifier } criterion { identifier } level { notation } outcome }
    retired { criterion { identifier } } } } } } }"""


@pytest.fixture(scope="module")
def ask_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask a registry with one project on the day on which a version was announced."""
    with town(tmp_path_factory.mktemp("town") / "home") as place:
        publish(place.home, load_library(), DAY)
        yield asking(putting(place.home, open_edition(place.home)))


def test_a_standard_tells_the_version_that_counts_and_those_announced(ask_town: Ask) -> None:
    found = ask_town(STANDARD)["standard"]
    first, coming = found["versions"]

    assert found["version"] == first["number"] == "1.0.0"
    assert (first["announced"], first["countsFrom"]) == (None, None)
    assert (coming["number"], coming["announced"], coming["countsFrom"]) == (
        "1.1.0",
        "2026-11-22",
        "2027-07-01",
    )
    assert "the choice of this registry" in coming["notes"]["value"]


def test_a_use_tells_whether_it_counts_and_from_when(ask_town: Ask) -> None:
    uses: dict[tuple[str, str], Any] = {
        (use["criterion"]["identifier"], use["level"]["notation"]): use
        for requirement in ask_town(STANDARD)["standard"]["requirements"]
        for use in requirement["uses"]
    }
    told = {key: (use["counts"], use["countsFrom"], use["noLongerCountsFrom"]) for key, use in uses.items()}

    assert told["Q42", "additional"] == (False, "2027-07-01", None)
    assert told["Q34", "basic"] == (False, "2027-07-01", None)
    assert told["Q34", "additional"] == (True, None, "2027-07-01")
    assert told["Q33", "additional"] == (True, None, None)


def test_a_report_tells_how_a_document_would_stand(ask_town: Ask) -> None:
    (standard,) = ask_town(REPORT, iri=SOURCE)["document"]["report"]["standards"]
    (coming,) = standard["coming"]

    assert (standard["conforms"], coming["conforms"], coming["version"]["number"]) == (True, True, "1.1.0")
    assert coming["findings"] == []
    assert [(one["requirement"]["identifier"], one["outcome"]) for one in coming["added"]] == [
        ("1", "MET"),
        ("9", "MET"),
    ]
    assert [one["criterion"]["identifier"] for one in coming["retired"]] == ["Q34", "Q37"]

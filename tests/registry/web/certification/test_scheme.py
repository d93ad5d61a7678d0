"""Label schemes, as everybody may read them."""

import pytest

from tests.registry.certification.town import LANTERN, SCHEME
from tests.registry.web.certification.stage import Stage


def test_everybody_reads_what_a_label_asks_and_who_decides(stage: Stage) -> None:
    text = stage.visitor().get("/en/scheme", params={"iri": SCHEME}).text

    for one in ("36 months", "Sessions, at least: 2", "Within 30 days", "Lantern plus", "1 January 2020"):
        assert one in text
    assert "at least 3 of the additional criteria" in text
    assert "Invented for the examples; nobody awards it." in text


def test_the_versions_of_the_standard_say_from_when_they_count(stage: Stage) -> None:
    text = stage.visitor().get("/en/scheme", params={"iri": SCHEME}).text

    assert "1.1.0" in text
    assert "1 July 2027" in text
    assert "from the beginning" in text


@pytest.mark.parametrize("language", ["nl", "de", "ca", "es", "fr", "en"])
def test_the_schemes_are_listed_in_every_language(stage: Stage, language: str) -> None:
    page = stage.visitor().get(f"/{language}/schemes")

    assert page.status_code == 200
    assert "Lantern" in page.text


def test_a_public_page_says_nothing_of_applications(stage: Stage) -> None:
    number = stage.town.until("submit").number

    for path in ("/en/schemes", f"/en/scheme?iri={SCHEME.replace('#', '%23')}"):
        assert number not in stage.visitor().get(path).text


def test_a_scheme_that_there_is_not_is_not_found(stage: Stage) -> None:
    assert stage.visitor().get("/en/scheme", params={"iri": "urn:none"}).status_code == 404


def test_a_name_that_a_stranger_chose_does_no_harm(stage: Stage) -> None:
    stage.town.adopt(LANTERN.replace('"Lantern"', '"<script>alert(1)</script>"'))

    for path in ("/en/schemes", f"/en/scheme?iri={SCHEME.replace('#', '%23')}"):
        assert "<script>" not in stage.visitor().get(path).text

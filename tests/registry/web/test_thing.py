"""The page of one thing: facts with their sources, contradictions side by side, standings in words."""

import re

import pytest
from fastapi.testclient import TestClient

HTML = {"accept": "text/html"}
IMPULSE = "/en/projects/germany/impulspatenschaften/project"


def plain(text: str) -> str:
    """Take the tags off a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def section(text: str, name: str) -> str:
    """Cut a section from a page by the identifier of its heading."""
    found = re.search(rf'<h2 id="{name}">(.*?)</section>', text, re.DOTALL)
    return found[1] if found else ""


def test_a_fact_points_to_the_statement_that_it_rests_on(client: TestClient) -> None:
    page = client.get(IMPULSE).text
    number = re.search(r"Meetings, at least.*?href=\"#s(\d+)\"", page, re.DOTALL)

    assert number
    statement = re.search(rf'id="s{number[1]}".*?</li>', page, re.DOTALL)
    assert statement
    assert "Three meetings around a concrete activity" in statement[0]
    assert "§2.2.1.2 a) Ankommenspatenschaften · as of 2020" in plain(statement[0])
    assert 'href="/en/sources#hiva-2020"' in statement[0]


def test_texts_come_in_the_readers_language_or_say_which_other(client: TestClient) -> None:
    german, french = (client.get(IMPULSE.replace("/en/", f"/{one}/")).text for one in ("de", "fr"))

    assert '<span dir="auto">Kurze Patenschaften rund um' in german
    assert '<span lang="en" dir="auto">Short Patenschaften around' in french


def test_who_does_what_is_a_table_with_roles_and_sources(client: TestClient) -> None:
    page = client.get("/en/programmes/germany/menschen-staerken-menschen/programme").text
    table = plain(section(page, "tasks"))

    assert "Federal Ministry for Family Affairs" in table
    assert "Fund the programme Supra-local government Responsible 2020" in table


def test_the_kind_of_direction_is_named_as_a_conclusion(client: TestClient) -> None:
    german, catalan = (
        client.get(f"/en/programmes/{one}/programme").text
        for one in ("germany/menschen-staerken-menschen", "catalonia/pcr-mentoring")
    )

    assert "facilitating director follows from what is described here" in plain(section(german, "direction"))
    assert "controlling director" in plain(section(catalan, "direction"))


def test_sources_that_disagree_stand_side_by_side(client: TestClient) -> None:
    page = client.get("/en/programmes/catalonia/pcr-mentoring/programme").text
    pairs = section(page, "disagree").split('<div class="pair">')[1:]

    assert pairs
    assert {pair.count("<blockquote>") for pair in pairs} == {2}
    assert all(pair.count("<cite>") == 2 for pair in pairs)


def test_a_standing_is_told_in_words_and_counts_and_never_as_a_percentage(client: TestClient) -> None:
    page = section(client.get("/en/projects/fictitious/starting-project/project").text, "quality")

    assert re.search(r"Not met: \d+ .*Met: \d+", plain(page))
    assert "%" not in page


def test_claimed_standards_come_before_the_others(client: TestClient) -> None:
    claimed = section(client.get("/en/projects/fictitious/complete-project/project").text, "quality")
    unclaimed = section(client.get(IMPULSE).text, "quality")

    assert "not claimed here" not in claimed
    assert unclaimed.index("not claimed here") < unclaimed.index("<details")


def test_a_programme_lists_what_is_part_of_it(client: TestClient) -> None:
    page = client.get("/en/programmes/germany/menschen-staerken-menschen/programme").text

    assert f'href="{IMPULSE}"' in section(page, "parts")


def test_an_organisation_shows_what_it_does_and_for_whom_it_speaks(client: TestClient) -> None:
    page = client.get("/en/organisations/germany/bagfa/organisation").text

    assert "Impulspatenschaften" in plain(section(page, "tasks"))
    assert f'href="{IMPULSE}"' in page


def test_a_group_lists_its_members(client: TestClient) -> None:
    page = client.get("/en/organisations/germany/menschen-staerken-menschen/carriers").text

    assert 'href="/en/organisations/germany/bagfa/organisation"' in page


@pytest.mark.parametrize("family", ["programmes", "organisations", "things"])
def test_a_thing_has_its_page_in_one_place(client: TestClient, family: str) -> None:
    response = client.get(IMPULSE.replace("projects", family))

    assert (response.status_code, response.headers["location"]) == (308, IMPULSE)


def test_a_foreign_project_is_addressed_by_its_whole_iri(client: TestClient) -> None:
    response = client.get("/en/projects/iri/https%3A%2F%2Fstranger.example%2Fprofile%23project", headers=HTML)

    assert response.status_code == 200
    assert "/graphs.ttl?graph=https%3A%2F%2Fstranger.example%2Fprofile" in response.text


def test_what_a_stranger_wrote_does_no_harm(client: TestClient) -> None:
    pages = [
        client.get("/en/projects?q=town", headers=HTML).text,
        client.get("/nl/projects/iri/https%3A%2F%2Fstranger.example%2Fprofile%23project", headers=HTML).text,
    ]

    for page in pages:
        assert not re.search(r"<script|<img src=x|<b>Town|href=\"javascript", page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages[0]
    assert 'href="https://stranger.example/" rel="nofollow noopener noreferrer"' in pages[1]


@pytest.mark.parametrize(
    "path",
    [
        "/en/projects/x",
        "/en/things/germany/bagfa/nobody",
        "/en/projects/iri/%00",
        "/xx/projects",
        "/en/def/../x",
    ],
)
def test_an_unknown_address_is_answered_with_a_page(client: TestClient, path: str) -> None:
    response = client.get(path, headers=HTML)

    assert response.status_code == 404
    assert "<h1>This page is not here</h1>" in response.text

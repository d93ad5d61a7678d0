"""Every interface tells apart what is claimed, evidenced and confirmed: pages, lists, SPARQL, GraphQL."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from registry.settings import Settings
from registry.web.address import slug_of
from registry.web.app import create_app
from tests.registry.certification.acting import BODY, LABEL, SCHEME, SECRETS
from tests.registry.certification.boasting import BOASTING, FORMER, FORMER_LABEL, ISSUED, TRUE, make_boasts

EXAMPLES = Path(__file__).parents[3] / "registry" / "web" / "examples"
GRAPHQL = """query($iri: String!) { initiative(iri: $iri) { labels {
  trust { notation } confirmed confirmedBy { iri } registeredAs { iri } claimedIn { iri } } } }"""
FILTER = "query($wanted: InitiativeFilter) { projects(filter: $wanted) { nodes { iri } } }"


@pytest.fixture(scope="module")
def boasts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A reader of the registry in which projects tell of labels."""
    home = make_boasts(tmp_path_factory.mktemp("boasts"))
    with TestClient(create_app(home, Settings(home=home.folder))) as client:
        yield client


def shown(client: TestClient, thing: str, language: str = "en") -> str:
    """Read what the page of a project says of its labels."""
    text = client.get(f"/{language}/projects/{slug_of(thing)}").text
    found = re.search(r'<h2 id="labels">(.*?)</section>', text, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1])) if found else ""


def told(client: TestClient, thing: str) -> dict[str, Any]:
    """Ask in GraphQL for the one label that documents say a project has."""
    answer = client.post("/graphql", json={"query": GRAPHQL, "variables": {"iri": thing}}).json()
    (label,) = answer["data"]["initiative"]["labels"]
    return dict(label)


def test_a_page_says_who_confirms_a_label_and_until_when(boasts: TestClient) -> None:
    page = shown(boasts, TRUE)

    assert "Lantern : Candle" in page
    assert "until 28 February 2027" in page
    assert "nobody here has confirmed it" not in page


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (BOASTING, "The project says so itself; nobody here has confirmed it."),
        (ISSUED, "A document shows it; nobody here has confirmed it."),
        (FORMER, "A description still tells of it, but"),
    ],
    ids=["claimed", "evidenced", "revoked"],
)
def test_a_page_says_of_any_other_label_that_it_is_not_confirmed(
    boasts: TestClient, thing: str, words: str
) -> None:
    page = shown(boasts, thing)

    assert words in page
    assert "Confirmed by" not in page


def test_a_page_says_that_a_label_was_revoked(boasts: TestClient) -> None:
    assert "Revoked" in shown(boasts, FORMER)


def test_a_csv_of_labels_has_a_column_for_trust(boasts: TestClient) -> None:
    query = (EXAMPLES / "labels-confirmed.rq").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(boasts.get("/sparql.csv", params={"query": query}).text)))

    found = {(one["initiative"], one["trust"].rpartition("/")[2], one["confirmedBy"]) for one in rows}

    assert found == {
        ("true", "auditor-confirmed", ""),  # the label itself
        ("true", "auditor-confirmed", LABEL),  # what the project says of it
        ("former", "self-declared", ""),
        ("boasting", "self-declared", ""),
        ("issued", "document-linked", ""),
    }


def test_history_is_one_question_in_sparql(boasts: TestClient) -> None:
    query = (EXAMPLES / "labelled-on.rq").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(boasts.get("/sparql.csv", params={"query": query}).text)))

    assert [tuple(one.values()) for one in rows] == [
        ("former", "Lantern", "Candle", "1.0.0", BODY),
        ("true", "Lantern", "Candle", "1.0.0", BODY),
    ]


@pytest.mark.parametrize(
    ("thing", "trust", "confirmed", "registered"),
    [
        (TRUE, "auditor-confirmed", True, LABEL),
        (BOASTING, "self-declared", False, None),
        (FORMER, "self-declared", False, FORMER_LABEL),
        (ISSUED, "document-linked", False, None),
    ],
    ids=["confirmed", "claimed", "revoked", "evidenced"],
)
def test_graphql_tells_how_well_a_label_is_backed(
    boasts: TestClient, thing: str, trust: str, confirmed: bool, registered: str | None
) -> None:
    label = told(boasts, thing)

    assert (label["trust"]["notation"], label["confirmed"]) == (trust, confirmed)
    assert label["registeredAs"] == (registered and {"iri": registered})
    assert label["confirmedBy"] == ({"iri": registered} if confirmed else None)


@pytest.mark.parametrize("wanted", [{"label": SCHEME}, {"labelled": True}], ids=["label", "labelled"])
def test_graphql_finds_projects_by_a_label_in_force_only(
    boasts: TestClient, wanted: dict[str, object]
) -> None:
    answer = boasts.post("/graphql", json={"query": FILTER, "variables": {"wanted": wanted}}).json()

    assert answer["data"]["projects"]["nodes"] == [{"iri": TRUE}]


def test_a_list_can_be_filtered_by_a_label_in_force(boasts: TestClient) -> None:
    page = boasts.get("/en/projects", params={"label": SCHEME}).text

    assert "Quality label in force" in page
    assert re.findall(r"<li>\s*<h3><a [^>]*>(\w+)</a>", page) == ["true"]


@pytest.mark.parametrize("path", ["/sparql.csv", "/sparql.json"])
def test_no_secret_comes_out_of_a_question_for_everything(boasts: TestClient, path: str) -> None:
    text = boasts.get(path, params={"query": "SELECT * { GRAPH ?g { ?s ?p ?o } }"}).text

    assert LABEL in text
    assert [one for one in (*SECRETS, "/account/", "/case/") if one in text] == []

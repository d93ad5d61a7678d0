"""Every answer names its state, and every kept state can be asked for by name."""

import re
from datetime import datetime

import pytest
from fastapi.testclient import TestClient
from rdflib import DCAT, RDF, Graph
from rdflib.namespace import DCTERMS, SKOS

from registry.home import Home
from registry.vocabulary import LANGUAGES
from tests.registry.web.edition import EARLY

HTML = {"accept": "text/html"}
BRIDGE = "/en/projects/fictitious/complete-project/project"
IMPULSE = "/en/projects/germany/impulspatenschaften/project"
GONE = "1-00000000"
ANSWERS = ("/", "/en/", "/en/nothing", "/def/Programme.ttl", "/static/koepel.css", "/graphql", "/healthz")
KEEPING = (
    "/en/",
    "/en/projects",
    "/nl/projects?q=a&page=1",
    BRIDGE,
    "/en/organisations",
    "/en/comparison/5.1",
    "/en/standards",
    "/en/standards/cms",
    "/en/standards/criteria",
    "/en/crosswalk/cms/pcr",
    "/en/vocabulary",
    "/en/def/Programme",
    "/en/code/task",
    "/en/sources",
    "/en/check",
    "/en/sparql",
    "/en/projects/no/such/project",
)
"""Pages with all kinds of links."""


def names(home: Home) -> tuple[str, str]:
    """Name the early snapshot and the newest."""
    early, newest = home.snapshots.all()
    return early.name, newest.name


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_names_the_state_that_it_was_made_from(
    client: TestClient, home: Home, path: str
) -> None:
    headers = client.get(path).headers

    assert headers["koepel-snapshot"] == names(home)[1]
    assert datetime.fromisoformat(headers["koepel-snapshot-time"]) == home.snapshots.all()[1].time


@pytest.mark.parametrize("path", ["/en/projects", "/def.ttl", "/en/projects/no/such/project"])
def test_a_kept_state_answers_by_its_name_and_by_its_label(client: TestClient, home: Home, path: str) -> None:
    early, _ = names(home)

    for name in (early, EARLY):
        assert client.get(f"{path}?snapshot={name}").headers["koepel-snapshot"] == early


def test_an_old_state_shows_what_was_there_then(client: TestClient) -> None:
    assert "Found: 1<" in client.get(f"/en/projects?snapshot={EARLY}", headers=HTML).text
    assert "Found: 1<" not in client.get("/en/projects", headers=HTML).text
    assert client.get(f"{IMPULSE}?snapshot={EARLY}", headers=HTML).status_code == 404
    assert client.get(f"{BRIDGE}?snapshot={EARLY}", headers=HTML).status_code == 200


def test_a_page_of_an_old_state_says_so_and_leads_to_the_newest(client: TestClient) -> None:
    page = client.get(f"{BRIDGE}?snapshot={EARLY}", headers=HTML).text

    assert "You are reading the register as it was on 20 November 2026, 09:00:00 UTC." in page
    assert f'<a href="{BRIDGE}">To the newest state</a>' in page


@pytest.mark.parametrize("path", KEEPING)
def test_a_link_stays_in_the_state_that_was_asked_for(client: TestClient, path: str) -> None:
    page = client.get(f"{path}{'&' if '?' in path else '?'}snapshot={EARLY}", headers=HTML).text
    inside = set(re.findall(r'(?:href|action)="(/[^"]*)"', page))

    leaving = {one for one in inside if f"snapshot={EARLY}" not in one and not one.startswith("/static/")}
    assert {one.partition("?")[0] for one in leaving} <= {path.partition("?")[0]}  # the way to the newest


@pytest.mark.parametrize("path", ["/en/", "/en/projects", "/en/standards", "/en/sparql"])
def test_a_form_stays_in_the_state_that_was_asked_for(client: TestClient, path: str) -> None:
    page = client.get(f"{path}?snapshot={EARLY}", headers=HTML).text
    forms = re.findall(r"<form.*?</form>", page, re.DOTALL)

    assert forms
    assert all(f'<input type="hidden" name="snapshot" value="{EARLY}">' in form for form in forms)


@pytest.mark.parametrize(
    "path",
    ["/", "/def", "/code/task", "/standard/cms", "/snapshots", BRIDGE.replace("projects", "things"),
     "/en/crosswalk?first=cms&second=pcr", "/example/fictitious/complete-project"],
)  # fmt: skip
def test_a_redirection_stays_in_the_state_that_was_asked_for(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}snapshot={EARLY}", headers=HTML)

    assert answer.status_code in {303, 307, 308}
    assert f"snapshot={EARLY}" in answer.headers["location"]


def test_a_state_that_is_gone_is_told_with_the_nearest(client: TestClient, home: Home) -> None:
    early, newest = names(home)
    problem = client.get(f"/en/projects?q=a&snapshot={GONE}")

    assert problem.status_code == 410
    assert (problem.json()["code"], problem.json()["nearest"]) == ("snapshot-gone", early)
    assert problem.headers["link"] == f'</en/projects?q=a&snapshot={early}>; rel="alternate"'
    assert problem.headers["koepel-snapshot"] == newest


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_about_a_state_that_is_gone_leads_on(client: TestClient, home: Home, language: str) -> None:
    path = IMPULSE.replace("/en/", f"/{language}/")
    page = client.get(f"{path}?snapshot={GONE}", headers=HTML)

    assert page.status_code == 410
    for address in (f"{path}?snapshot={names(home)[0]}", path, f"/{language}/snapshots"):
        assert f'href="{address}"' in page.text


@pytest.mark.parametrize("name", ["nonsense", "../1-00000000", "x" * 90, "1-0000000g"])
def test_a_name_that_no_state_can_have_is_not_found(client: TestClient, name: str) -> None:
    assert client.get("/def.ttl", params={"snapshot": name}).status_code == 404


def test_a_name_that_is_too_long_is_refused(client: TestClient) -> None:
    assert client.get("/def.ttl", params={"snapshot": "x" * 101}).json()["code"] == "wrong-parameter"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_kept_states_are_listed_with_how_to_cite_them(
    client: TestClient, home: Home, language: str
) -> None:
    page = client.get(f"/{language}/snapshots", headers=HTML).text
    early, newest = names(home)

    for name in (early, newest, EARLY):
        assert f'<a href="/{language}/?snapshot={name}">{name}</a>' in page
    assert f"http://testserver/{language}/?snapshot={EARLY}</pre>" in page


def test_programs_get_the_kept_states_as_json(client: TestClient, home: Home) -> None:
    states = client.get("/snapshots", headers={"accept": "application/json"}).json()
    early, newest = names(home)

    assert states["newest"] == newest
    assert [one["name"] for one in states["snapshots"]] == [newest, early]
    assert states["snapshots"][1]["labels"] == [EARLY]
    assert states["snapshots"][0]["statements"] == len(home.snapshots.get(newest).open())
    assert client.get("/snapshots.json").json() == states


@pytest.mark.parametrize("extension", ["ttl", "jsonld", "nt", "rdf"])
def test_programs_get_the_kept_states_as_datasets(client: TestClient, home: Home, extension: str) -> None:
    formats = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
    graph = Graph().parse(data=client.get(f"/snapshots.{extension}").content, format=formats[extension])

    assert {str(one) for one in graph.objects(None, DCTERMS.identifier)} == set(names(home))
    (cited,) = graph.subjects(SKOS.altLabel)
    assert (cited, RDF.type, DCAT.Dataset) in graph


@pytest.mark.parametrize("path", ["/snapshots.exe", "/snapshots.trig"])
def test_the_list_has_no_other_formats(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 406

"""The IRI of an organisation leads somewhere, whoever named it and whatever became of it."""

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient

from registry.home import Home, publish
from registry.ledger import Event, Happening
from registry.settings import Settings
from registry.validation.standard import load_library
from registry.web.address import slug_of
from registry.web.app import create_app
from tests.registry.graph.publishing import accept, source

HTML = {"accept": "text/html"}
NAMED, OLD, NEW, LAST = (f"{source(name)}#us" for name in ("named", "old", "new", "last"))
PARTNER = "https://partner.example/#us"
WORKS_WITH = f"<#us> a <http://www.w3.org/ns/org#Organization> ; koepel:worksWith <{PARTNER}>, <{OLD}> ."


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A reader of a registry with organisations in every state."""
    home = Home(tmp_path_factory.mktemp("registry"))
    befall(home)
    with TestClient(create_app(home, Settings(home=home.folder)), follow_redirects=False) as client:
        yield client


def befall(home: Home) -> None:
    ledger = home.ledger
    ledger.append(Event(NAMED, Happening.NAMED, terms='{"name": "Maatjes", "language": "nl"}'))
    for old, into in ((OLD, NEW), (NEW, LAST)):
        ledger.append(Event(old, Happening.MERGED, reason="They joined.", terms=f'{{"into": "{into}"}}'))
    accept(ledger, "new", WORKS_WITH)
    accept(
        ledger,
        "last",
        '<#us> a <http://www.w3.org/ns/org#Organization> ; <http://xmlns.com/foaf/0.1/name> "Last" .',
    )
    publish(home, load_library(), date(2026, 11, 21))


def page(iri: str, family: str = "organisations", language: str = "en") -> str:
    return f"/{language}/{family}/{slug_of(iri)}"


def test_an_organisation_that_was_named_has_a_page_that_says_so(reader: TestClient) -> None:
    answer = reader.get(page(NAMED), headers=HTML)

    assert answer.status_code == 200
    assert '<h1 lang="nl" dir="auto">Maatjes</h1>' in answer.text
    assert "has not described itself here yet" in answer.text


def test_an_organisation_that_others_name_has_a_page_that_says_who(reader: TestClient) -> None:
    answer = reader.get(page(PARTNER), headers=HTML)

    assert answer.status_code == 200
    assert "has not described itself here yet" in answer.text
    assert f'href="{page(NEW)}"' in answer.text


def test_an_organisation_that_describes_itself_is_no_stub(reader: TestClient) -> None:
    assert "has not described itself" not in reader.get(page(LAST), headers=HTML).text


@pytest.mark.parametrize("old", [OLD, NEW])
def test_the_page_of_a_merged_one_leads_to_who_goes_on_in_the_end(reader: TestClient, old: str) -> None:
    answer = reader.get(page(old), headers=HTML)

    assert answer.status_code == 200
    assert "goes on as another one" in answer.text
    assert f'href="{page(LAST)}"' in answer.text


def test_who_goes_on_names_the_ones_before(reader: TestClient) -> None:
    assert f'href="{page(NEW)}"' in reader.get(page(LAST), headers=HTML).text


def test_a_program_gets_the_whole_chain_of_successors(reader: TestClient) -> None:
    answer = reader.get("/organisation", params={"iri": OLD}, headers={"accept": "application/n-triples"})

    assert answer.status_code == 200
    for one, other in ((OLD, NEW), (NEW, LAST)):
        assert f"<{one}> <http://purl.org/dc/terms/isReplacedBy> <{other}> ." in answer.text


def test_a_program_gets_who_names_an_organisation(reader: TestClient) -> None:
    answer = reader.get("/organisation.nt", params={"iri": PARTNER})

    assert answer.text == f"<{NEW}> <https://w3id.org/koepel/def#worksWith> <{PARTNER}> .\n"


def test_a_person_is_led_from_the_iri_to_the_page(reader: TestClient) -> None:
    answer = reader.get("/organisation", params={"iri": OLD}, headers=HTML)

    assert (answer.status_code, answer.headers["location"]) == (303, page(OLD))


@pytest.mark.parametrize("iri", ["https://nobody.example/#us", "nobody", "https://a.example/> ?x", "x" * 600])
def test_what_nobody_named_is_not_here(reader: TestClient, iri: str) -> None:
    assert reader.get(page(iri), headers=HTML).status_code == 404
    assert reader.get("/organisation.ttl", params={"iri": iri}).status_code == 404

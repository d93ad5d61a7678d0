"""The page of each source, the list of all, and the same for programs."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from jsonschema_rs import validator_for
from rdflib import DCAT, RDF, Graph, URIRef
from rdflib.namespace import PROV, SH

from registry.ledger import Event, Happening
from registry.settings import Settings
from registry.web.app import create_app
from registry.web.language import Language
from tests.federation.description import AUDIENCE, PRIVATE_MAILBOX, text
from tests.federation.notice.ledger import NOON, SOURCE, Registry, make

SHOWN = f"/en/sources/status?source={SOURCE}"
DATA = f"/status?source={SOURCE}"
JSON = {"accept": "application/json"}


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    """A registry with one source."""
    registry = make(tmp_path / "registry")
    yield registry
    registry.home.ledger.close()


@pytest.fixture
def client(registry: Registry) -> Iterator[TestClient]:
    """A reader who follows no redirects by themselves."""
    chosen = Settings(home=registry.home.folder, address="https://register.example", query_workers=1)
    with TestClient(create_app(registry.home, chosen), follow_redirects=False) as client:
        yield client


def test_a_source_that_was_never_read_is_said_to_be_so(client: TestClient) -> None:
    page = client.get(SHOWN).text

    assert "The register has not read it yet." in page
    assert "Readers see nothing of this source at present." in page
    assert "The next visit comes with the next round." in page


def test_the_page_says_what_was_read_when_and_what_comes_next(client: TestClient, registry: Registry) -> None:
    registry.decide(Happening.ACCEPTED)
    registry.note(visited=NOON, answered=NOON, due=NOON + timedelta(days=1), outcome="not-modified")

    page = client.get(SHOWN).text
    assert '<h1 dir="auto">Fictitious project One</h1>' in page
    assert "All is well" in page
    assert "The last visit was on 22 November 2026, 12:00 UTC. Nothing had changed" in page
    assert "The next visit is planned for 23 November 2026, 12:00 UTC." in page


def test_the_page_says_what_changed_and_that_the_last_good_text_stays(
    client: TestClient, registry: Registry
) -> None:
    registry.decide(Happening.ACCEPTED)
    registry.decide(
        Happening.REJECTED, text(title="Two", more=""), "It does not say for whom the project is."
    )

    page = client.get(SHOWN).text
    assert "Readers still see the last good text, of 22 November 2026, 12:02 UTC." in page
    assert "Fictitious project Two: changed are target group, title" in page
    assert "It does not say for whom the project is." in page
    assert "Statements added: 1. Statements gone: 2." in page
    assert "koepel:Project" not in page.partition("<pre>")[0]


def test_the_report_of_the_newest_text_stands_on_the_page(client: TestClient, registry: Registry) -> None:
    registry.decide(Happening.REJECTED, text(more=""), "It does not say for whom the project is.")

    page = client.get(SHOWN.replace("/en/", "/nl/")).text
    assert "Wat een vermelding nodig heeft (profile)" in page
    assert "dct:audience" in page


def test_what_was_held_back_is_not_shown_either(client: TestClient, registry: Registry) -> None:
    registry.decide(Happening.HELD, text(more=AUDIENCE + PRIVATE_MAILBOX), "A private mailbox.")

    answers = [client.get(SHOWN), *(client.get(f"/status.{one}?source={SOURCE}") for one in ("json", "ttl"))]
    assert [one.status_code for one in answers] == [200] * 3
    assert not any("gmail" in one.text for one in answers)


@pytest.mark.parametrize(
    ("happening", "sentence"),
    [
        (Happening.WITHDRAWN, "The publisher has withdrawn this description."),
        (Happening.REMOVED, "The register shows this source no more."),
        (Happening.UNREACHABLE, "The register could not read this source at its last visit."),
    ],
)
def test_what_has_gone_says_why_and_since_when(
    client: TestClient, registry: Registry, happening: Happening, sentence: str
) -> None:
    registry.decide(Happening.ACCEPTED)
    registry.befall(happening, "The reason for it.")

    page = client.get(SHOWN).text
    assert sentence in page
    assert "The reason for it." in page
    assert "22 November 2026, 12:03 UTC" in page


def test_of_an_erased_source_only_the_fact_is_told(client: TestClient, registry: Registry) -> None:
    registry.register(address="https://buddy.example/secret.ttl", mail="info@buddy.example")
    registry.decide(Happening.ACCEPTED)
    registry.home.ledger.erase(SOURCE, "It was asked for.", "operator")

    pages = [client.get(one).text for one in (SHOWN, f"/status.json?source={SOURCE}", "/en/sources/status")]
    assert "has been erased" in pages[0]
    assert not any(word in page for page in pages for word in ("secret", "info@", "Fictitious project"))
    assert SOURCE not in pages[2]
    assert client.get("/status.json?source=https://buddy.example/secret.ttl").status_code == 404


def test_who_acted_and_who_is_written_to_stays_unsaid(client: TestClient, registry: Registry) -> None:
    registry.register(mail="info@buddy.example")
    event = Event(SOURCE, Happening.REMOVED, SOURCE, reason="A reason.", actor="Jo Doe", behalf="Umbrella")
    registry.home.ledger.append(event)

    for path in (SHOWN, f"/status.json?source={SOURCE}", f"/status.ttl?source={SOURCE}"):
        page = client.get(path).text
        assert "A reason." in page
        assert not any(word in page for word in ("Jo Doe", "info@buddy.example"))


@pytest.mark.parametrize("language", list(Language))
def test_the_page_is_there_in_six_languages(
    client: TestClient, registry: Registry, language: Language
) -> None:
    registry.decide(Happening.ACCEPTED)

    for path in (SHOWN, "/en/sources/status"):
        page = client.get(path.replace("/en/", f"/{language}/"))
        assert (page.status_code, page.headers["content-language"]) == (200, language.value)
        assert page.text.count("hreflang=") == 12


def test_what_a_stranger_writes_cannot_become_part_of_the_page(
    client: TestClient, registry: Registry
) -> None:
    registry.decide(Happening.HELD, text(title="<script>alert(1)</script>"), "<img src=x onerror=alert(2)>")

    page = client.get(SHOWN).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_source_is_found_by_the_address_of_its_document(client: TestClient, registry: Registry) -> None:
    registry.register(address="https://buddy.example/files/profile.ttl")

    assert (
        client.get("/status.json?source=https://buddy.example/files/profile.ttl").json()["source"] == SOURCE
    )


def test_an_unknown_source_is_told_where_to_look(client: TestClient) -> None:
    answer = client.get("/status?source=https://other.example/x", headers={"accept": "application/json"})

    assert (answer.status_code, answer.json()["code"]) == (404, "status-unknown")


def test_people_are_led_to_the_page_and_programs_to_the_inbox(client: TestClient) -> None:
    answers = [
        client.get(DATA, headers={"accept": one}) for one in ("text/html", "application/json", "text/turtle")
    ]

    assert [one.status_code for one in answers] == [303, 200, 200]
    assert answers[0].headers["location"].startswith("/en/sources/status?source=https%3A")
    for answer in (*answers, client.get(SHOWN)):
        assert answer.headers["link"] == '</inbox>; rel="http://www.w3.org/ns/ldp#inbox"'


def test_the_data_is_what_the_description_of_the_address_promises(
    client: TestClient, registry: Registry
) -> None:
    registry.decide(Happening.ACCEPTED)
    registry.decide(Happening.ACCEPTED, text(title="Two"))
    schemas = client.get("/openapi.json").json()["components"]
    schema = {"$ref": "#/components/schemas/StatusDocument", "components": schemas}

    told = client.get(f"/status.json?source={SOURCE}").json()
    validator_for(schema).validate(told)
    assert (told["stage"], told["listed"]) == ("listed", True)
    assert told["changes"] == [{"kind": "changed", "thing": "Fictitious project Two", "about": ["title"]}]
    assert told["report"]["standards"][0]["conforms"] is True


def test_the_statements_name_the_visit_the_decision_and_the_report(
    client: TestClient, registry: Registry
) -> None:
    registry.decide(Happening.REJECTED, text(more=""), "It does not say for whom the project is.")
    registry.note(visited=NOON)

    graph = Graph().parse(data=client.get(f"/status.ttl?source={SOURCE}").text, format="turtle")
    (entry,) = graph.subjects(RDF.type, DCAT.CatalogRecord)
    assert str(entry) == "https://register.example/status?source=https%3A%2F%2Fbuddy.example%2Fone"
    assert (URIRef(f"{entry}#visit"), PROV.used, URIRef(SOURCE)) in graph
    assert (None, SH.conforms, None) in graph


def test_the_list_is_filtered_and_comes_in_pages(client: TestClient, registry: Registry) -> None:
    for number in range(60):
        registry.source = f"https://buddy.example/s{number:02}"
        registry.register()
    registry.decide(Happening.ACCEPTED)

    pages = [client.get("/status", params={"page": page}, headers=JSON).json() for page in (1, 2)]
    assert ([len(one["sources"]) for one in pages], pages[0]["total"]) == ([50, 11], 61)
    assert (pages[0]["stages"], pages[1]["next"]) == ({"waiting": 60, "listed": 1}, None)
    listed = client.get("/status?stage=listed", headers=JSON).json()["sources"]
    assert [one["source"] for one in listed] == [registry.source]
    assert "Page 2 of 2" in client.get("/en/sources/status?stage=waiting&page=2").text


@pytest.mark.parametrize("query", ["page=0", "stage=unheard-of", f"source={'x' * 2001}"])
def test_a_wrong_parameter_is_told(client: TestClient, query: str) -> None:
    assert client.get(f"/en/sources/status?{query}").status_code == 400

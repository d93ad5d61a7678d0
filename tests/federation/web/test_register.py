"""A publisher registers without script, in six languages, and so does a program."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from federation.notebook import Notebook
from federation.registration import challenge
from federation.source import Kind, Source
from registry.home import Home
from registry.ledger import Happening
from registry.settings import Settings
from registry.vocabulary import LANGUAGES
from registry.web.app import create_app
from tests.federation.description import text
from tests.federation.site import Site, drip, serve, status

TURTLE = {"Content_Type": "text/turtle"}
WELL_KNOWN = "/.well-known/koepel"


@pytest.fixture
def site() -> Iterator[Site]:
    """A publisher's site with a description."""
    with serve() as here:
        here.publish(status(200, text("gent", site=here.address("")), **TURTLE), "/gent.ttl")
        yield here


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A registry in which there is nothing yet."""
    return Home(tmp_path / "registry")


@pytest.fixture
def reader(home: Home) -> Iterator[TestClient]:
    """Somebody who looks at it."""
    with TestClient(create_app(home, Settings(home=home.folder, allow_loopback=True))) as client:
        yield client


def filled(site: Site, **more: str) -> dict[str, str]:
    return {"address": site.address("/gent.ttl"), **more}


def token(reader: TestClient, form: dict[str, str]) -> str:
    """Read the code off the page."""
    found = re.search(r"<code>([0-9a-f]{40})</code>", reader.post("/en/register", data=form).text)
    assert found
    return found[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_in_every_language_before_anything_is_published(
    reader: TestClient, language: str
) -> None:
    page = reader.get(f"/{language}/register")

    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert "<script" not in page.text


def test_the_code_is_shown_with_the_places_where_it_can_stand(reader: TestClient, site: Site) -> None:
    page = reader.post("/en/register", data=filled(site)).text

    assert f"{site.address(WELL_KNOWN)}" in page
    assert "koepel-registration" in page
    assert site.asked == []


def test_whoever_shows_the_code_is_registered_and_visited_soon(
    reader: TestClient, site: Site, home: Home
) -> None:
    form = filled(site, mail="hello@buddy.example", owner=site.address("/gent#organisation"))
    site.publish(status(200, f'{{"registrations": ["{token(reader, form)}"]}}'.encode()), WELL_KNOWN)

    page = reader.post("/en/register", data={**form, "check": "1"})

    assert "It is registered" in page.text
    [event] = home.ledger.events()
    assert (event.happening, event.actor) == (Happening.REGISTERED, f"publisher of {site.address('')}")
    source = Source(form["address"], site.address("/gent"), Kind.DOCUMENT, form["owner"], mail=form["mail"])
    assert Source.of(event) == source
    with Notebook(home.visits) as notebook:
        assert notebook.of(site.address("/gent")).due is None


def test_what_is_missing_is_told_for_each_place(reader: TestClient, site: Site, home: Home) -> None:
    page = reader.post("/en/register", data=filled(site, check="1")).text

    assert "What is still missing" in page
    assert "the code does not stand there" in page
    assert page.count("status 404") == 2
    assert home.ledger.position() == 0


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"address": "buddy.example"}, 422),
        ({"address": "https://[buddy"}, 422),
        ({"address": "https://buddy.example:port/a"}, 422),
        ({"address": "https://w3id.org/koepel/def"}, 403),
        ({"address": "https://buddy.example/a", "mail": "nobody"}, 422),
        ({"address": "https://buddy.example/a", "space": "https://other.example"}, 403),
        ({"address": "https://buddy.example/a", "umbrella": "https://nobody.example"}, 404),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_fetched(
    reader: TestClient, form: dict[str, str], code: int
) -> None:
    page = reader.post("/nl/register", data={**form, "check": "1"})

    assert page.status_code == code
    assert 'class="error"' in page.text


def test_what_was_filled_in_does_no_harm(reader: TestClient) -> None:
    page = reader.post("/en/register", data={"address": '"><script>alert(1)</script>'})

    assert "<script" not in page.text


def test_a_program_waits_and_is_registered(reader: TestClient, site: Site, home: Home) -> None:
    first = reader.post("/registrations", json=filled(site))
    site.publish(status(200, first.json()["token"].encode()), WELL_KNOWN)

    second = reader.post("/registrations", json=filled(site))

    assert (first.status_code, second.status_code) == (202, 201)
    assert [one["found"] for one in second.json()["places"]] == [False, True, False]
    assert list(home.ledger.registered()) == [site.address("/gent")]


def test_a_program_reads_what_is_wrong_in_its_language(reader: TestClient) -> None:
    answer = reader.post("/registrations", json={"address": "x"}, headers={"accept-language": "de"})

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "address-unfit"


def test_nobody_makes_the_registry_knock_at_doors_without_end(reader: TestClient, site: Site) -> None:
    answers = [reader.post("/registrations", json=filled(site)) for _ in range(21)]

    assert [one.status_code for one in answers] == [202] * 20 + [429]
    assert answers[-1].json()["code"] == "too-often"


def test_a_description_that_has_gone_is_not_registered(reader: TestClient, site: Site, home: Home) -> None:
    form = filled(site)
    site.publish(status(200, token(reader, form).encode()), WELL_KNOWN)
    site.publish(status(404), "/gent.ttl")

    answer = reader.post("/registrations", json=form)

    assert answer.status_code == 202
    assert home.ledger.position() == 0


def test_the_registry_answers_for_the_codes_that_others_gave_it(reader: TestClient, home: Home) -> None:
    nonce = challenge.fresh_nonce()
    unknown = reader.get(f"{challenge.PATH}{nonce}").text
    home.folder.mkdir(exist_ok=True)
    (home.folder / "registrations.txt").write_text("# of the European registry\nc0de\n", encoding="utf-8")

    assert unknown == ""
    assert reader.get(f"{challenge.PATH}{nonce}").text == f"{challenge.answer('c0de', nonce)}\n"


def test_a_registry_answers_only_numbers_that_a_registry_asks(reader: TestClient) -> None:
    assert reader.get(f"{challenge.PATH}c0de").status_code == 404


@pytest.mark.server_error(503)
def test_somebody_who_comes_while_the_registry_is_busy_is_asked_to_return(
    reader: TestClient, site: Site, home: Home
) -> None:
    form = filled(site)
    site.publish(status(200, token(reader, form).encode()), WELL_KNOWN)

    with Home(home.folder).writing():
        answer = reader.post("/registrations", json=form)

    assert (answer.status_code, answer.json()["code"]) == (503, "registration-busy")
    assert str(home.folder) not in answer.text


def test_nobody_takes_all_the_room_with_a_site_that_never_answers(
    reader: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("federation.web.register.LONGEST_FETCH", 1.0)
    site.publish(drip(b" ", 0.05), "/gent.ttl")

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: reader.post("/registrations", json=filled(site)), range(6)))

    assert sorted(one.status_code for one in answers) == [202] + [429] * 5
    assert {one.json().get("code") for one in answers} == {None, "one-at-a-time"}


def test_a_site_is_asked_for_its_rules_once_in_a_try(reader: TestClient, site: Site) -> None:
    reader.post("/registrations", json=filled(site))

    assert [path for path, _ in site.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("path", "media_type", "start"),
    [
        ("/registrations", "application/json", b'{"address": "'),
        ("/en/register", "application/x-www-form-urlencoded", b"address="),
        ("/en/register", "multipart/form-data; boundary=x", b"--x\r\n"),
    ],
)
def test_nobody_fills_the_memory_with_what_is_sent(
    reader: TestClient, path: str, media_type: str, start: bytes
) -> None:
    answer = reader.post(path, content=start + b"a" * 70_000, headers={"content-type": media_type})

    assert answer.status_code == 413
    assert "65536" in answer.text

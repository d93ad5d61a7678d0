"""Signing in at a provider that others wrote, in a browser that fills in its pages."""

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from registry.account.account import find_by_subject
from registry.account.office import Office
from registry.account.people import create
from registry.home import Home
from registry.settings import Settings
from registry.web.app import create_app
from tests.registry.account.people import ADDRESS, CONSOLE
from tests.registry.account.provider import CLIENT, SECRET, log_in, running_provider
from tests.registry.web.account.browser import send

pytestmark = pytest.mark.needs("npm")

ANSWER = f"{ADDRESS}/sign-in/answer"
ACCOUNT = "/nl/account"
LEADING = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """A provider, by its name."""
    with running_provider(ANSWER) as issuer:
        yield issuer


@pytest.fixture
def app(tmp_path_factory: pytest.TempPathFactory, issuer: str) -> FastAPI:
    """A registry that trusts the provider."""
    home = Home(tmp_path_factory.mktemp("registry"))
    chosen = Settings(
        home=home.folder,
        address=ADDRESS,
        oidc_issuer=issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_name="the city",
    )
    app = create_app(home, chosen)
    app.state.office = Office(home, ADDRESS)
    return app


@pytest.fixture
def office(app: FastAPI) -> Office:
    """Where its accounts are kept."""
    office: Office = app.state.office
    return office


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A browser."""
    with TestClient(app, follow_redirects=False) as client:
        yield client


def asked(client: TestClient, page: str, **filled: str) -> str:
    """Give the address at the provider to which a page leads."""
    answer = send(client, page, f"{page}/provider", **filled)
    return html.unescape(LEADING.findall(answer.text)[0])


def link(client: TestClient, office: Office, name: str) -> str:
    """Accept an invitation by way of the provider; gives the IRI of the account."""
    account, code = create(office, CONSOLE, f"{name.title()} Example", f"{name}@buddy.example", "nl")
    back = log_in(asked(client, f"/nl/invitation/{code}"), name, ANSWER)
    assert client.get(back).headers["location"] == ACCOUNT
    return account.iri


def test_who_was_invited_signs_in_at_the_provider_from_then_on(client: TestClient, office: Office) -> None:
    link(client, office, "anna")
    client.cookies.clear()

    back = log_in(asked(client, "/nl/sign-in", next="/nl/people"), "anna", ANSWER)
    answer = client.get(back)

    assert (answer.status_code, answer.headers["location"]) == (303, "/nl/people")
    assert "Anna Example" in client.get(ACCOUNT).text


def test_the_question_has_a_challenge_a_state_and_a_nonce(client: TestClient) -> None:
    question = parse_qs(urlsplit(asked(client, "/nl/sign-in")).query)

    assert question["code_challenge_method"] == ["S256"]
    assert question["scope"] == ["openid"]
    assert min(len(question[name][0]) for name in ("state", "nonce", "code_challenge")) >= 32


def test_who_was_not_invited_gets_no_account(client: TestClient, office: Office, issuer: str) -> None:
    answer = client.get(log_in(asked(client, "/nl/sign-in"), "stranger", ANSWER))

    assert answer.status_code == 403
    assert client.get(ACCOUNT).status_code == 303
    with office.vault as vault:
        assert find_by_subject(vault, issuer, "stranger") is None


def test_the_link_is_noted_and_the_invitation_used_up(client: TestClient, office: Office) -> None:
    iri = link(client, office, "bert")

    with office.vault as vault:
        assert vault.rows("SELECT * FROM invitation") == []
    last = office.home.ledger.acts()[-1]
    assert (last.source, last.actor, last.via) == (iri, iri, "invitation")
    assert "bert" not in last.terms


def test_one_person_at_a_provider_has_one_account(client: TestClient, office: Office) -> None:
    link(client, office, "carla")
    _, code = create(office, CONSOLE, "Another Example", "another@buddy.example", "nl")

    answer = client.get(log_in(asked(client, f"/nl/invitation/{code}"), "carla", ANSWER))

    assert answer.status_code == 403
    with office.vault as vault:
        assert len(vault.rows("SELECT * FROM invitation")) == 1


def test_an_answer_works_once(client: TestClient, office: Office) -> None:
    link(client, office, "dora")
    client.cookies.clear()
    question = asked(client, "/nl/sign-in")
    flow = client.cookies["koepel-flow"]
    back = log_in(question, "dora", ANSWER)
    assert client.get(back).status_code == 303

    client.cookies.clear()
    client.cookies.set("koepel-flow", flow)
    again = client.get(back)

    assert again.status_code == 403
    assert client.get(ACCOUNT).status_code == 303


def test_the_answer_to_another_browser_is_refused(app: FastAPI, client: TestClient, office: Office) -> None:
    link(client, office, "eva")
    attacker = TestClient(app, follow_redirects=False)
    asked(attacker, "/nl/sign-in")
    client.cookies.clear()

    back = log_in(asked(client, "/nl/sign-in"), "eva", ANSWER)

    assert attacker.get(back).status_code == 403
    assert TestClient(app, follow_redirects=False).get(back).status_code == 403
    assert attacker.get(ACCOUNT).status_code == 303


@pytest.mark.parametrize(
    "change", ["state=x", "state=", "iss=https%3A%2F%2Fevil.example", "code=", "error=access_denied"]
)
def test_an_answer_that_was_changed_is_refused(client: TestClient, change: str) -> None:
    question = asked(client, "/nl/sign-in")
    state = parse_qs(urlsplit(question).query)["state"][0]
    query = "&".join([change, *(one for one in (f"state={state}", "code=x") if change[:4] not in one)])
    if change.startswith("error"):
        query = f"error=access_denied&state={state}"

    assert client.get(f"/sign-in/answer?{query}").status_code == 403

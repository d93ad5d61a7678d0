"""Over the web: a token in the header, nothing by cookie, nothing by address, and nothing kept by a cache."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from registry.account.actor import Grant, Role
from registry.account.office import Office
from registry.account.people import close
from registry.account.session import begin_session
from registry.account.token import issue, revoke
from registry.graphql_api.request import JSON, LONGEST, RESPONSE
from registry.home import publish
from registry.settings import Settings
from registry.web.app import create_app
from tests.registry.account.people import ADDRESS, CONSOLE, Clock, Person, enrol
from tests.registry.certification.town import BODY, START, Town

ME = "{ me { iri } }"
GRANT = "mutation($case: String!) { grant(case: $case, details: {}) { state { notation } } }"


@dataclass
class Counter:
    """The site, with somebody of the certifying body who has a token."""

    client: TestClient
    town: Town
    office: Office
    decider: Person
    secret: str
    number: str

    def post(self, query: str, secret: str | None = None, accept: str = RESPONSE, **variables: Any) -> Any:
        """Send a question, with a token where there is one."""
        headers = {"accept": accept} | ({"authorization": f"Bearer {secret}"} if secret else {})
        return self.client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """Open the site of a town."""
    town, clock = Town(tmp_path / "home"), Clock()
    publish(town.home, town.desk.rulebook, START)
    app = create_app(town.home, Settings(home=town.home.folder, address=ADDRESS))
    office = app.state.office = Office(town.home, ADDRESS, clock)
    app.state.desk = town.desk
    decider = enrol(office, "Dora Decider", Grant(Role.DECIDER, BODY))
    token, secret = issue(office, CONSOLE, decider.account, "portal", ["read", "decide"], 30)
    with TestClient(app, base_url=ADDRESS, follow_redirects=False) as client:
        yield Counter(client, town, office, decider, secret, token.id)
    town.home.ledger.close()


def test_a_token_lets_somebody_in_and_no_cache_keeps_the_answer(counter: Counter) -> None:
    found = counter.post(ME, counter.secret)

    assert found.json()["data"] == {"me": {"iri": counter.decider.account.iri}}
    assert found.headers["cache-control"] == "no-store"
    assert "authorization" in found.headers["vary"].lower()
    assert "etag" not in found.headers
    assert "access-control-allow-origin" not in found.headers


def test_without_a_token_nobody_is_known(counter: Counter) -> None:
    found = counter.post(ME)

    assert found.json()["data"] == {"me": None}
    assert "authorization" in found.headers["vary"].lower()
    assert "no-store" not in found.headers.get("cache-control", "")


def test_an_act_is_done_with_a_token_and_says_by_which_one(counter: Counter) -> None:
    case = counter.town.until("recommend")

    found = counter.post(GRANT, counter.secret, case=case.number).json()
    assert found["data"] == {"grant": {"state": {"notation": "awarded"}}}
    act = counter.town.desk.case(case.number).acts[-1]
    assert (act.actor, act.via) == (counter.decider.account.iri, f"token:{counter.number}")


def is_revoked(counter: Counter) -> None:
    revoke(counter.office, CONSOLE, counter.decider.account, counter.number)


def runs_out(counter: Counter) -> None:
    counter.decider.clock.move(days=31)


def was_never_there(counter: Counter) -> None:
    counter.secret = "kp_" + "x" * 43


def is_of_a_closed_account(counter: Counter) -> None:
    close(counter.office, CONSOLE, counter.decider.account.id)


@pytest.mark.parametrize("end", [is_revoked, runs_out, was_never_there, is_of_a_closed_account])
def test_a_token_that_does_not_hold_is_refused(counter: Counter, end: Callable[[Counter], None]) -> None:
    case = counter.town.until("recommend")

    end(counter)
    secret = counter.secret
    for found in (counter.post(GRANT, secret, case=case.number), counter.post(ME, secret)):
        assert (found.status_code, found.json()["code"]) == (401, "token-invalid")
        assert found.headers["www-authenticate"].startswith("Bearer")
        assert found.headers["cache-control"] == "no-store"
    assert counter.town.desk.case(case.number).state == "recommended"


@pytest.mark.parametrize("header", ["Basic ZG9yYTp4", "kp_abc", "Bearer", "bearer  "])
def test_another_way_of_signing_in_is_refused(counter: Counter, header: str) -> None:
    found = counter.client.post("/graphql", json={"query": ME}, headers={"authorization": header})

    assert found.status_code == 401


def test_a_cookie_is_not_looked_at(counter: Counter) -> None:
    with counter.office.vault as vault, vault.writing():
        session = begin_session(vault, counter.decider.account, counter.office.now())
    counter.client.cookies.set("session", session)
    case = counter.town.until("recommend")

    assert counter.post(ME).json()["data"] == {"me": None}
    assert counter.post(GRANT, case=case.number).json()["errors"][0]["extensions"]["code"] == "ONLY_QUERIES"
    assert counter.town.desk.case(case.number).state == "recommended"


@pytest.mark.parametrize("accept", [RESPONSE, JSON])
def test_nothing_is_changed_by_an_address(counter: Counter, accept: str) -> None:
    case = counter.town.until("recommend")
    asked = {"query": GRANT, "variables": f'{{"case": "{case.number}"}}'}
    headers = {"accept": accept, "authorization": f"Bearer {counter.secret}"}

    found = counter.client.get("/graphql", params=asked, headers=headers)
    assert (found.status_code, found.headers["allow"]) == (405, "GET, HEAD, POST")
    assert found.json()["errors"][0]["extensions"]["code"] == "ONLY_BY_POST"
    assert counter.client.get("/graphql", params=asked, headers={"accept": accept}).status_code == 405
    assert counter.town.desk.case(case.number).state == "recommended"


def test_an_address_answers_those_who_have_signed_in_and_no_cache_keeps_it(counter: Counter) -> None:
    headers = {"accept": RESPONSE, "authorization": f"Bearer {counter.secret}"}

    public = counter.client.get("/graphql", params={"query": ME}, headers={"accept": RESPONSE})
    again = {**headers, "if-none-match": public.headers["etag"]}
    found = counter.client.get("/graphql", params={"query": ME}, headers=again)
    assert (found.status_code, found.headers["cache-control"]) == (200, "no-store")
    assert found.json()["data"]["me"] is not None


def test_only_those_who_have_signed_in_may_send_much(counter: Counter) -> None:
    much = f"{ME} # {'x' * LONGEST}"

    assert counter.post(much).status_code == 413
    assert counter.post(much, counter.secret).status_code == 200


def test_what_is_refused_is_told_in_the_language_of_the_one_who_asks(counter: Counter) -> None:
    headers = {"authorization": f"Bearer {counter.secret}", "accept-language": "nl"}
    question = {"query": GRANT, "variables": {"case": "0" * 12}}

    found = counter.client.post("/graphql", json=question, headers=headers)
    assert found.headers["vary"].lower().count("accept-language") == 1
    assert found.json()["errors"][0]["extensions"]["code"] == "CASE_UNKNOWN"


def test_a_scope_that_is_missing_is_missed(counter: Counter) -> None:
    _, secret = issue(counter.office, CONSOLE, counter.decider.account, "reader", ["read"], 30)
    case = counter.town.until("recommend")

    found = counter.post(GRANT, secret, case=case.number).json()
    assert found["errors"][0]["extensions"]["code"] == "ROLE_MISSING"
    assert counter.town.desk.case(case.number).state == "recommended"

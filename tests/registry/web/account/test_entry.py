"""Who is at the door, for other pages and for programs."""

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.datastructures import FormData

from registry.account.office import Office
from registry.account.token import issue
from registry.web.account.entry import Sent, SignedIn, Visitor, bearer
from tests.registry.account.people import CONSOLE, Person
from tests.registry.web.account.browser import csrf_of
from tests.registry.web.account.conftest import Enter, Open

PROGRAM, PAGE, PUBLIC = "/examples/program", "/examples/page", "/examples/public"


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    """The application with a few routes more."""

    @app.get(PROGRAM)
    def program(request: Request) -> str:
        return bearer(request).account

    @app.post(PAGE)
    async def page(actor: SignedIn, form: Sent) -> dict[str, int]:
        return {name: await size(form, name) for name in form}

    @app.get(PUBLIC)
    @app.post(PUBLIC)
    def public(actor: Visitor) -> str:
        return actor.account

    return app


async def size(form: FormData, name: str) -> int:
    """Give the length of what stands in a field."""
    value = form[name]
    return len(value if isinstance(value, str) else await value.read())


def test_a_program_is_known_by_its_token(office: Office, browser: Open, anna: Person) -> None:
    _, secret = issue(office, CONSOLE, anna.account, "a portal", ["read"], 30)

    answer = browser().get(PROGRAM, headers={"authorization": f"Bearer {secret}"})

    assert answer.json() == anna.account.iri
    assert answer.headers["cache-control"] == "no-store"
    assert "authorization" in answer.headers["vary"]


@pytest.mark.parametrize(
    "given", ["Bearer kp_x", "Bearer", "Basic YTpi", "Bearer \x7f", "Bearer " + "x" * 9_000]
)
def test_a_token_that_does_not_hold_is_a_problem(browser: Open, given: str) -> None:
    answer = browser().get(PROGRAM, headers={"authorization": given})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="koepel"'
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_program_without_a_token_is_anybody_and_a_cookie_does_not_help(
    entered: Enter, anna: Person
) -> None:
    answer = entered(anna).get(PROGRAM)

    assert answer.json() == ""
    assert "authorization" in answer.headers["vary"]


def test_a_public_page_knows_who_has_signed_in(browser: Open, entered: Enter, anna: Person) -> None:
    stranger, known = browser().get(PUBLIC), entered(anna).get(PUBLIC)

    assert (stranger.json(), known.json()) == ("", anna.account.iri)
    assert "access-control-allow-origin" in stranger.headers
    assert "access-control-allow-origin" not in known.headers
    assert all("cookie" in answer.headers["vary"] for answer in (stranger, known))


@pytest.mark.parametrize("path", [PAGE, PUBLIC])
def test_whoever_has_signed_in_sends_forms_with_a_token_only(entered: Enter, anna: Person, path: str) -> None:
    client = entered(anna)

    assert client.post(path, data={"a": "b"}).status_code == 403
    assert client.post(path, data={"a": "b", "csrf": token_of(client)}).status_code == 200


def test_an_upload_comes_with_its_form(entered: Enter, anna: Person) -> None:
    client = entered(anna)
    data = b"x" * 2_000_000

    answer = client.post(PAGE, data={"csrf": token_of(client), "note": "abc"}, files={"file": ("a", data)})

    assert answer.json() == {"csrf": 88, "note": 3, "file": 2_000_000}


@pytest.mark.parametrize("size", [10_999_000, 11_000_001])
def test_an_upload_has_its_limit(entered: Enter, anna: Person, size: int) -> None:
    client = entered(anna)

    answer = client.post(PAGE, data={"csrf": token_of(client)}, files={"file": ("a", b"x" * size)})

    assert answer.status_code == (200 if size < 11_000_000 else 413)


def test_strangers_are_led_to_the_sign_in_page_before_anything_is_read(browser: Open) -> None:
    answer = browser().post(PAGE, files={"file": ("a", b"x" * 12_000_000)})

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/sign-in")


def token_of(client: TestClient) -> str:
    """Read the token on a page of ours."""
    return csrf_of(client.get("/en/account"))

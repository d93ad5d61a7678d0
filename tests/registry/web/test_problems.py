"""What every answer says to browsers, and one shape for everything that goes wrong."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from registry.errors import KoepelError, LimitError, NotAllowedError, NotFoundError, PeerError
from registry.web.header import HEADERS
from registry.web.problem import PROBLEM_TYPE, NotAcceptableError, answer_with_problems

PATHS = (
    "/",
    "/en/",
    "/en/nothing",
    "/def/Programme.ttl",
    "/static/koepel.css",
    "/sparql?query=ASK%20{}",
    "/graphql",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers_that_protect_readers(client: TestClient, path: str) -> None:
    response = client.get(path)

    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", ["/en/", "/def/Programme.ttl", "/static/koepel.css", "/en/nothing"])
def test_the_head_of_an_answer_can_be_asked_for(client: TestClient, path: str) -> None:
    head, whole = client.head(path), client.get(path)

    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_the_policy_allows_nothing_from_elsewhere() -> None:
    policy = HEADERS["content-security-policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.server_error(502, 503)
@pytest.mark.parametrize(
    "error",
    [
        NotFoundError("x", "There is no {thing}.", thing="x"),
        NotAllowedError("x", "This is not allowed."),
        PeerError("x", "The other server is away."),
        LimitError("x", "This is too much."),
        NotAcceptableError("x", "There is no such format."),
    ],
)
def test_an_error_has_its_status_and_code(error: KoepelError) -> None:
    app = FastAPI()
    answer_with_problems(app)

    @app.get("/")
    def fail() -> None:
        raise error

    problem = TestClient(app).get("/")
    assert (problem.status_code, problem.headers["content-type"]) == (error.status, PROBLEM_TYPE)
    assert problem.json() | {"title": ""} == {
        "type": "about:blank", "title": "", "status": error.status, "detail": str(error), "code": "x",
    }  # fmt: skip


@pytest.mark.server_error(500)
def test_an_unexpected_error_keeps_its_reasons_to_itself() -> None:
    app = FastAPI()
    answer_with_problems(app)

    @app.get("/")
    def fail() -> None:
        raise RuntimeError("secret path")

    response = TestClient(app, raise_server_exceptions=False).get("/")
    assert response.status_code == 500
    assert "secret" not in response.text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_readers_change_nothing(client: TestClient, method: str) -> None:
    response = client.request(method, "/en/projects")

    assert response.status_code == 405
    assert response.json()["code"] == "refused"


def test_a_problem_is_told_in_the_readers_language(client: TestClient) -> None:
    problem = client.get("/graphs.ttl?graph=urn:x", headers={"accept-language": "nl"}).json()

    assert problem["detail"] == "Het register kent niets met de naam urn:x."


def test_what_a_stranger_puts_into_an_address_is_shown_and_not_run(client: TestClient) -> None:
    response = client.get("/en/projects/<script>alert(1)</script>", headers={"accept": "text/html"})

    assert response.status_code == 404
    assert "<script>" not in response.text

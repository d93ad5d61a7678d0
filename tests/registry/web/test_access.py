"""Every request has a number and a line in the log, which tells nothing about the person who asks."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from registry.home import Home
from registry.settings import Settings
from registry.web.access import request_id
from registry.web.app import create_app
from registry.web.header import HEADERS

LOGGER = "registry.web.access"


@pytest.fixture
def frail(tmp_path: Path) -> TestClient:
    """A registry with two addresses of its own: one that fails, and one that tells who asks."""
    return frail_client(Settings(home=tmp_path))


def frail_client(chosen: Settings) -> TestClient:
    """Build such a registry."""
    app = create_app(Home(chosen.home), chosen)

    @app.get("/failing")
    def failing() -> None:
        raise RuntimeError("a path that nobody should see")

    @app.get("/whoami")
    def whoami(request: Request) -> str:
        return str(request.state.client)

    return TestClient(app, client=("192.0.2.7", 4711))


def lines(caplog: pytest.LogCaptureFixture) -> Iterator[dict[str, object]]:
    """Read what was written about requests."""
    return (vars(record) for record in caplog.records if record.message == "request")


@pytest.mark.parametrize("given", ["portal-7", "A" * 64, "0af7651916cd43dd8448eb211c80319c"])
def test_a_harmless_number_is_taken_over(client: TestClient, given: str) -> None:
    answer = client.get("/en/nothing", headers={"x-request-id": given})

    assert answer.headers["x-request-id"] == given
    assert answer.json()["request"] == given


@pytest.mark.parametrize("given", ["", "a b", "A" * 65, "x;y", "<b>", "a\tb", None])
def test_any_other_number_is_replaced(given: str | None) -> None:
    assert request_id(given) != given
    assert request_id(given) != request_id(given)


def test_a_line_tells_route_status_time_and_state(
    client: TestClient, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, LOGGER):
        client.get("/en/projects?q=mein+Name", headers={"x-request-id": "one"})

    (line,) = lines(caplog)
    assert (line["method"], line["route"], line["status"]) == ("GET", "/{language}/projects", 200)
    assert line["snapshot"] == home.snapshots.all()[-1].name
    assert float(str(line["milliseconds"])) > 0


@pytest.mark.parametrize(
    "path", ["/en/projects?q=geheim", "/sparql?query=geheim", "/geheim/x", "/def/geheim"]
)
def test_what_readers_ask_and_who_they_are_stays_out_of_the_log(
    client: TestClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with caplog.at_level(logging.INFO, "registry"):
        client.get(path)

    (line,) = lines(caplog)
    assert "geheim" not in str(line)
    assert "testclient" not in str(line)


def test_an_operator_can_have_network_addresses_written_down(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, LOGGER):
        frail_client(Settings(home=tmp_path, log_clients=True)).get("/healthz")

    (line,) = lines(caplog)
    assert line["client"] == "192.0.2.7"


@pytest.mark.server_error(500)
def test_what_nobody_foresaw_is_a_problem_like_any_other_and_its_reasons_stand_in_the_log(
    frail: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = frail.get("/failing", headers={"x-request-id": "seven"})

    assert (answer.status_code, answer.json()["code"]) == (500, "failure")
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer.headers["x-request-id"] == answer.json()["request"] == "seven"
    assert "nobody should see" not in answer.text
    assert "nobody should see" in caplog.text


def test_a_stranger_cannot_pass_for_another_reader(frail: TestClient) -> None:
    assert frail.get("/whoami", headers={"x-forwarded-for": "198.51.100.1"}).json() == "192.0.2.7"


@pytest.mark.parametrize("trusted", ["192.0.2.7", "192.0.2.0/24"])
@pytest.mark.parametrize(
    ("forwarded", "known"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("198.51.100.1, 192.0.2.7", "198.51.100.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
    ],
)
def test_a_proxy_that_is_trusted_tells_who_asks(
    tmp_path: Path, trusted: str, forwarded: str, known: str
) -> None:
    client = frail_client(Settings(home=tmp_path, trusted_proxies=(trusted,)))

    assert client.get("/whoami", headers={"x-forwarded-for": forwarded}).json() == known

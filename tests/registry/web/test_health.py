"""Whoever runs the registry learns whether it is alive, whether it is ready, and what it does."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from federation.notebook import Note, Notebook
from registry.home import Home
from registry.ledger import Event, Happening
from registry.settings import Settings
from registry.vocabulary import LANGUAGES
from registry.web.app import create_app
from tests.registry.web.edition import show_only

SOURCE = "https://buddy.example/profile"
HTML = {"accept": "text/html"}


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[tuple[Home, TestClient]]:
    """A registry in which nothing has happened, and its reader."""
    home = Home(tmp_path)
    with TestClient(create_app(home, Settings(home=tmp_path, query_workers=1))) as client:
        yield home, client


def follow(client: TestClient) -> None:
    """Let the application look for a newer snapshot, as it does by itself every second."""
    client.app.state.premises.editions.follow()  # type: ignore[attr-defined]  # it is a FastAPI application


def checks(client: TestClient) -> tuple[int, dict[str, Any]]:
    """Ask whether it is ready: the status, and which checks are passed."""
    answer = client.get("/readyz")
    return answer.status_code, {name: check["ok"] for name, check in answer.json()["checks"].items()}


def counts(client: TestClient) -> dict[tuple[str, ...], float]:
    """Read the counts, each by its name and the values of its labels."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        (sample.name, *map(str, sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.mark.server_error(503)
def test_an_empty_registry_is_alive_and_not_ready(fresh: tuple[Home, TestClient]) -> None:
    _, client = fresh

    assert client.get("/healthz").json() == {"status": "alive"}
    assert checks(client) == (
        503,
        {"snapshot": False, "ledger": True, "projection": True, "harvest": False, "sparql": True},
    )


@pytest.mark.server_error(503)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_registry_says_kindly_that_it_opens_soon(
    fresh: tuple[Home, TestClient], language: str
) -> None:
    _, client = fresh
    page, problem = client.get(f"/{language}/projects", headers=HTML), client.get(f"/{language}/projects")

    assert (page.status_code, problem.status_code) == (503, 503)
    assert problem.json()["code"] == "nothing-published"
    assert problem.json()["detail"] in page.text
    assert "koepel-snapshot" not in page.headers


def test_a_registry_with_something_to_read_is_ready(fresh: tuple[Home, TestClient]) -> None:
    home, client = fresh
    snapshot = show_only(home, "One")
    follow(client)

    assert checks(client) == (200, dict.fromkeys(checks(client)[1], True))
    assert client.get("/readyz").json()["checks"]["snapshot"]["name"] == snapshot.name


@pytest.mark.server_error(503)
def test_what_readers_do_not_see_for_too_long_makes_it_not_ready(fresh: tuple[Home, TestClient]) -> None:
    home, client = fresh
    show_only(home, "One")
    follow(client)
    early = datetime.now(UTC) - timedelta(minutes=6)
    home.ledger.append(Event(SOURCE, Happening.REMOVED, time=early))

    status, passed = checks(client)
    assert (status, passed["projection"], passed["harvest"]) == (503, False, True)
    assert client.get("/readyz").json()["checks"]["projection"]["lag_events"] == 1


def test_a_visit_that_changes_nothing_for_readers_is_no_lag(fresh: tuple[Home, TestClient]) -> None:
    home, client = fresh
    show_only(home, "One")
    follow(client)
    early = datetime.now(UTC) - timedelta(minutes=6)
    home.ledger.append(Event(SOURCE, Happening.UNREACHABLE, time=early))

    assert checks(client)[1]["projection"]


@pytest.mark.server_error(503)
def test_a_last_success_that_is_too_old_makes_it_not_ready(tmp_path: Path) -> None:
    home = Home(tmp_path)
    show_only(home, "One")
    with TestClient(create_app(home, Settings(home=tmp_path, ready_age_hours=1e-9))) as client:
        status, passed = checks(client)

    assert (status, passed["harvest"], passed["projection"]) == (503, False, True)


def test_a_visit_without_news_counts_as_a_success(tmp_path: Path) -> None:
    home = Home(tmp_path)
    show_only(home, "One")
    with TestClient(create_app(home, Settings(home=tmp_path, ready_age_hours=1))) as client:
        with Notebook(home.visits) as notebook:
            notebook.write([Note(SOURCE, answered=datetime.now(UTC) + timedelta(hours=9))])
        last = client.get("/readyz").json()["checks"]["harvest"]["last_success"]

    assert datetime.fromisoformat(last) > datetime.now(UTC)


@pytest.mark.server_error(503)
def test_a_ledger_that_cannot_be_read_makes_it_not_ready(fresh: tuple[Home, TestClient]) -> None:
    home, client = fresh
    show_only(home, "One")
    follow(client)
    home.ledger.close()
    (home.folder / "ledger.sqlite").write_bytes(b"no database")

    assert checks(client)[1]["ledger"] is False
    assert client.get("/en/projects", headers=HTML).status_code == 200


def test_requests_are_counted_by_route_and_never_by_what_strangers_wrote(client: TestClient) -> None:
    for path in ("/en/projects/ghp", "/nowhere/at/all", "/static/koepel.css", "/def/Secret%0A%22word.ttl"):
        client.get(path)
    client.request("BREW", "/en/projects")
    text = client.get("/metrics").text

    assert 'method="GET",route="/{language}/projects/{slug:path}",status="404"' in text
    assert 'method="GET",route="/static",status="200"' in text
    assert 'method="OTHER"' in text
    assert not re.search("ghp|nowhere|Secret|BREW", text)


def test_queries_are_counted_by_what_became_of_them(client: TestClient) -> None:
    client.get("/sparql", params={"query": "ASK {}"})
    client.get("/sparql", params={"query": "nonsense"})

    found = counts(client)
    assert found[("koepel_sparql_queries_total", "answered")] >= 1
    assert found[("koepel_sparql_queries_total", "query-syntax")] >= 1


def test_the_counts_tell_the_condition_of_the_registry(client: TestClient, home: Home) -> None:
    found = counts(client)

    assert found[("koepel_ledger_position",)] == home.ledger.position()
    assert found[("koepel_snapshot_position",)] == home.ledger.position()
    assert found[("koepel_projection_lag_events",)] == 0
    assert found[("koepel_sparql_workers",)] >= 1
    assert found[("koepel_http_request_seconds_count", "/metrics")] >= 0

"""A label that was erased is gone in every interface, and nobody takes a copy of it for one in force."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from fastapi.testclient import TestClient

from registry.certification.award import draw_index
from registry.doctor import examine
from registry.erasure import erase
from registry.graph.certification import CERTIFICATION
from registry.home import publish
from registry.label.check.verification import verify
from registry.settings import Settings
from registry.web.app import create_app
from tests.registry.label.play import ADDRESS, BODY, NUMBER, SPACE, Play, play, served

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
LABEL = f"{ADDRESS}/label/{NUMBER}"
GONE = [SPACE, BODY.partition("#")[0], f"{ADDRESS}/case/{NUMBER}"]
"""The description of the project, that of the body, and the case itself."""
QUESTION = f'{{ label(iri: "{NUMBER}") {{ number }} labels {{ totalCount }} }}'


class After(NamedTuple):
    """What is left of a label that was erased."""

    started: Play
    client: TestClient
    credential: dict[str, Any]
    """The copy that somebody kept."""


@pytest.fixture(scope="module", params=GONE)
def after(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[After]:
    """A registry in which a label was published and erased; no test changes it."""
    started = play(tmp_path_factory.mktemp("erased"))
    home, rules, credential = (
        started.desk.home,
        started.desk.rulebook,
        started.issuer.credential(started.case),
    )
    publish(home, rules, started.day)
    erase(home, request.param, "Asked for.", "operator", rules, started.day, wait=0)
    app = create_app(home, Settings(home=home.folder, address=ADDRESS))
    app.state.desk = started.desk
    with TestClient(app) as client:
        app.state.premises.editions.follow()
        yield After(started, client, credential)


def test_a_copy_of_its_credential_fails(after: After) -> None:
    verdict = verify(after.credential, served(after.started), NOW)

    assert not verdict.valid
    assert {one.about: one.remark.code for one in verdict.findings}["revocation"] == "label-revoked"


def test_its_place_is_given_to_no_other(after: After, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([4_711, 4_712])
    monkeypatch.setattr("secrets.randbelow", lambda _: next(drawn))

    assert draw_index(after.started.desk.caseload(), BODY) == 4_712


def test_its_page_says_that_it_is_gone(after: After) -> None:
    for path in (f"/en/label/{NUMBER}", f"/label/{NUMBER}/credential.json", f"/label/{NUMBER}/badge.svg"):
        assert after.client.get(path).status_code == 410
    assert NUMBER not in after.client.get("/en/labels").text


def test_graphql_knows_it_no_more(after: After) -> None:
    answer = after.client.post("/graphql", json={"query": QUESTION}).json()

    assert answer["data"] == {"label": None, "labels": {"totalCount": 0}}


def test_the_graph_knows_it_no_more(after: After) -> None:
    current = after.started.desk.home.snapshots.current()
    assert current is not None

    with closing(current.open()) as store:
        assert LABEL.encode() not in store.contents(CERTIFICATION)


def test_the_doctor_finds_nothing(after: After) -> None:
    assert examine(after.started.desk.home, after.started.desk.rulebook).clean

"""The watch over our own server sees what it should, and only that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from registry.errors import PeerError
from tests.server_failure import Failure, Watch

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send


class Application:
    """Answers with the status in the address, or raises what it is told to."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        match scope["path"]:
            case "/crash":
                raise ZeroDivisionError
            case "/break-off":
                raise PeerError("code", "The answer ends here.")
            case path:
                await Response(status_code=int(path[1:]))(scope, receive, send)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Watch the application."""
    watch = Watch()
    monkeypatch.setattr(Application, "__call__", watch.over(Application.__call__))
    return watch


@pytest.mark.parametrize(("status", "seen"), [(200, False), (404, False), (500, True), (503, True)])
def test_an_answer_that_says_failure_is_seen(watch: Watch, status: int, seen: bool) -> None:
    TestClient(Application()).get(f"/{status}")

    assert watch.failures == [Failure(status, f"GET /{status}")] * seen


def test_an_error_that_nobody_caught_is_seen(watch: Watch) -> None:
    with pytest.raises(ZeroDivisionError):
        TestClient(Application()).get("/crash")

    assert watch.failures == [Failure(500, "GET /crash: ZeroDivisionError()")]


def test_breaking_off_is_no_failure(watch: Watch) -> None:
    with pytest.raises(PeerError):
        TestClient(Application()).get("/break-off")

    assert watch.failures == []


def test_a_failure_that_was_wanted_does_not_count() -> None:
    watch = Watch([Failure(500, "before"), Failure(503, "wanted"), Failure(500, "not wanted")])

    assert watch.since(1, {503}) == [Failure(500, "not wanted")]

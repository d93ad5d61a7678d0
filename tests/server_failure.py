"""Every failure of our own server fails the test in which it happens, also where nobody looked at the answer.

A test that wants to see the server fail says so: `@pytest.mark.server_error(503)`.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from registry.errors import KoepelError

if TYPE_CHECKING:
    import pytest
    from starlette.types import Message, Receive, Scope, Send

__all__ = ["MARK", "Failure", "Watch", "wanted"]

MARK = "server_error(status): wants an answer of this status from our server; any other of 5xx fails the test"
Call = Callable[..., Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Failure:
    """An answer with which our server said that it failed."""

    status: int
    what: str


@dataclass
class Watch:
    """Sees every answer that any of our applications gives, in whichever thread it runs."""

    failures: list[Failure] = field(default_factory=list)

    def over(self, call: Call) -> Call:
        """Watch the method with which an application answers (ASGI 3, `__call__`).

        An answer that is broken off raises an error of the registry, on purpose: so its reader notices. Any
        other error that reaches the server is a failure.
        """

        async def watched(app: object, scope: Scope, receive: Receive, send: Send) -> None:
            what = f"{scope.get('method', scope['type'])} {scope.get('path', '')}"

            async def note(message: Message) -> None:
                if message["type"] == "http.response.start" and message["status"] >= HTTPStatus(500):
                    self.failures.append(Failure(message["status"], what))
                await send(message)

            try:
                await call(app, scope, receive, note)
            except KoepelError:
                raise
            except Exception as error:
                self.failures.append(Failure(500, f"{what}: {error!r}"))
                raise

        return watched

    def since(self, count: int, wanted: Iterable[int]) -> list[Failure]:
        """List the failures after the first few, but for those with a status that was wanted."""
        return [failure for failure in self.failures[count:] if failure.status not in wanted]


def wanted(item: pytest.Item) -> frozenset[int]:
    """Tell with which statuses a test wants the server to fail."""
    return frozenset(status for mark in item.iter_markers("server_error") for status in mark.args)

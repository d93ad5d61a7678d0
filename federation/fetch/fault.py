"""What goes wrong between two machines, said so that people can act on it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import httpcore2

from federation.fetch.robots import Unknown
from registry.errors import PeerError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BROKEN", "as_unknown", "told", "unvisited"]

BROKEN: Final = (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError)


@contextmanager
def told(address: str, seconds: float) -> Iterator[None]:
    """Tell what broke a fetch off as a `PeerError` about the address."""
    try:
        yield
    except httpcore2.TimeoutException as error:
        raise PeerError(
            "fetch-too-slow",
            "{address} did not answer in full within {seconds} seconds. It is tried again at the next "
            "harvest; if this stays so, ask the publisher to look at the server.",
            address=address,
            seconds=f"{seconds:g}",
        ) from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise _failed(address, str(error)) from error


def as_unknown(error: Exception) -> Unknown:
    """Tell why a robots.txt could not be read, and whether its server was reached at all."""
    reached = not isinstance(error, httpcore2.ConnectError | httpcore2.ConnectTimeout)
    reason = str(error) or ("no answer in time" if isinstance(error, httpcore2.TimeoutException) else "")
    return Unknown(reason, reached)


def unvisited(address: str, origin: str, why: Unknown) -> PeerError:
    """Say why an address is not visited for now: its server is away, or gives no robots.txt."""
    if not why.reached:
        return _failed(address, why.reason)
    error = PeerError(
        "robots-unavailable",
        "{address} was not fetched, because {robots} could not be read ({reason}), so it is not known "
        "whether the site allows visits. It is tried again at the next harvest; if this stays so, ask the "
        "publisher to look at the server.",
        address=address,
        robots=f"{origin}/robots.txt",
        reason=why.reason or "the connection broke off",
    )
    error.retry_after = why.retry_after
    return error


def _failed(address: str, reason: str) -> PeerError:
    return PeerError(
        "fetch-failed",
        "{address} could not be fetched: {reason}. It is tried again at the next harvest; if this stays "
        "so, check the address and the server.",
        address=address,
        reason=reason or "the connection broke off",
    )

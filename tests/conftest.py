"""What every test may rely on: no network beyond this machine, and a plain word when something is absent.

A failure of our own server (5xx) fails the test in which it happens; see `server_failure`.

A test asks for what a machine may lack with `@pytest.mark.needs("chromium")`, or takes the fixture of the
same name and gets its path. On a developer's machine such a test is skipped with a reason. Where CI is set it
fails, so that a missing component can never pass for a green run.

Network is refused in Python's sockets. Programs and native libraries that open their own are not seen here.
"""

import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from starlette.applications import Starlette

from tests.faults.network import can_make_networks
from tests.server_failure import MARK, Watch, wanted

ROOT = Path(__file__).parents[1]


class NetworkBlockedError(RuntimeError):
    """A test tried to reach another machine. It is no `OSError`, so no code takes it for an outage."""


def program(*names: str) -> Path | None:
    """Find the first of these programs that is installed."""
    return next((Path(found) for name in names if (found := shutil.which(name))), None)


def folder(path: Path) -> Path | None:
    """Find a folder, if it is there."""
    return path if path.is_dir() else None


COMPONENTS: dict[str, tuple[Callable[[], Path | None], str]] = {
    "chromium": (lambda: program("chromium", "chromium-browser"), "the browser Chromium (Debian: chromium)"),
    "networks": (can_make_networks, "leave to make network namespaces (root, and Debian: iproute2)"),
    "npm": (lambda: program("npm"), "the package manager npm (Debian: nodejs, npm)"),
    "shared": (lambda: folder(ROOT.parent / "shared"), "the folder `shared` beside the repository"),
    "virtuoso": (lambda: program("virtuoso-t"), "the SPARQL server Virtuoso (Debian: virtuoso-opensource)"),
}


def find(component: str) -> Path:
    """Give the place of a component, or end the test."""
    look, description = COMPONENTS[component]
    return look() or end_without(description, in_ci=bool(os.environ.get("CI")))


def end_without(description: str, *, in_ci: bool) -> NoReturn:
    """End a test that lacks something: a failure in CI, elsewhere a skip.

    >>> end_without("a telescope", in_ci=True)
    Traceback (most recent call last):
    Failed: This test needs a telescope.
    >>> end_without("a telescope", in_ci=False)
    Traceback (most recent call last):
    Skipped: This test needs a telescope.
    """
    (pytest.fail if in_ci else pytest.skip)(f"This test needs {description}.")


def is_here(host: object) -> bool:
    """Tell whether an address is on this machine.

    >>> [is_here(host) for host in ("localhost", "127.0.0.1", "::1", "192.0.2.1", "example.org")]
    [True, True, True, False, False]
    """
    return host in ("", None, "localhost", b"localhost") or (is_number(host) and _number(host).is_loopback)


def is_number(host: object) -> bool:
    """Tell whether an address is written in figures, so that no name server is asked for it."""
    try:
        return bool(_number(host))
    except ValueError:
        return False


def _number(host: object) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    return ipaddress.ip_address(str(host))


def guard_socket(reach: Callable[..., Any]) -> Callable[..., Any]:
    """Let a socket reach this machine only.

    >>> with socket.socket() as caller:
    ...     caller.connect(("192.0.2.1", 80))
    Traceback (most recent call last):
    tests.conftest.NetworkBlockedError: Tests stay on this machine, but this one called 192.0.2.1.
    """

    def guarded(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1]
        if isinstance(address, tuple) and not is_here(address[0]):
            raise NetworkBlockedError(f"Tests stay on this machine, but this one called {address[0]}.")
        return reach(self, *arguments)

    return guarded


def guard_lookup(look_up: Callable[..., Any]) -> Callable[..., Any]:
    """Let no name server be asked.

    >>> socket.getaddrinfo("example.org", 80)
    Traceback (most recent call last):
    tests.conftest.NetworkBlockedError: Tests stay on this machine, but this one looked up example.org.
    """

    def guarded(host: Any, *arguments: Any, **options: Any) -> Any:
        if not (is_here(host) or is_number(host)):
            raise NetworkBlockedError(f"Tests stay on this machine, but this one looked up {host}.")
        return look_up(host, *arguments, **options)

    return guarded


@pytest.fixture(autouse=True, scope="session")
def _network_stays_here() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, guard_socket(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", guard_lookup(socket.getaddrinfo))
        yield


@pytest.fixture(autouse=True, scope="session")
def _watch() -> Iterator[Watch]:
    """Every application that is one of ours is watched, wherever a test runs it in this process."""
    watch = Watch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Starlette, "__call__", watch.over(Starlette.__call__))
        yield watch


@pytest.fixture(autouse=True)
def _server_never_fails(request: pytest.FixtureRequest, _watch: Watch) -> Iterator[None]:
    """No test passes in which our server fails, unless the test says that it wants that."""
    before = len(_watch.failures)
    yield
    assert not _watch.since(before, wanted(request.node))


def pytest_configure(config: pytest.Config) -> None:
    """Announce the mark of a test that wants the server to fail."""
    config.addinivalue_line("markers", MARK)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Look for what a test says that it needs, before it starts."""
    for mark in item.iter_markers("needs"):
        find(*mark.args)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program."""
    return find("chromium")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the facts of the papers, beside the repository."""
    return find("shared")

"""A small internet of its own: hosts in network namespaces, joined by one switch, whose links can be cut.

Nothing outside the namespaces is touched or can be reached from them. The hosts have addresses that look
public, because the registry fetches from no others; they lead nowhere else.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NETWORK = "45.12.{0}.{1}"
IP = "/usr/sbin/ip"
NUMBERS = count(2)


def can_make_networks() -> Path | None:
    """Tell whether this machine lets us make network namespaces, by making one."""
    name = f"koepel-{uuid4().hex[:8]}"
    try:
        made = subprocess.run([IP, "netns", "add", name], capture_output=True, check=False)  # noqa: S603
    except OSError:
        return None
    if made.returncode:
        return None
    _ip("netns", "delete", name)
    return Path(IP)


def _ip(*words: str) -> None:
    done = subprocess.run([IP, *words], capture_output=True, text=True, check=False)  # noqa: S603 - fixed program
    if done.returncode:
        pytest.fail(f"ip {' '.join(words)}: {done.stderr}")


@dataclass(frozen=True)
class Host:
    """A machine of its own, as far as the network goes."""

    namespace: str
    address: str
    link: str
    hub: str

    def run(
        self, *command: str, env: Mapping[str, str] | None = None, seconds: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run a program on this host to its end."""
        return subprocess.run(  # noqa: S603 - our own program
            self._here(*command),
            env=self._environment(env),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    @contextmanager
    def running(
        self, *command: str, env: Mapping[str, str] | None = None
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Run a program on this host while the block runs."""
        with subprocess.Popen(self._here(*command), env=self._environment(env)) as process:  # noqa: S603
            try:
                yield process
            finally:
                process.terminate()
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()

    def cut(self) -> None:
        """Pull this host's cable out of the switch."""
        _ip("-n", self.hub, "link", "set", self.link, "down")

    def heal(self) -> None:
        """Put it back."""
        _ip("-n", self.hub, "link", "set", self.link, "up")

    def _here(self, *command: str) -> list[str]:
        return [IP, "netns", "exec", self.namespace, *command]

    def _environment(self, env: Mapping[str, str] | None) -> dict[str, str]:
        return {**os.environ, **(env or {})}


@contextmanager
def network(*names: str) -> Iterator[dict[str, Host]]:
    """Join hosts of these names by a switch while the block runs."""
    key = uuid4().hex[:6]
    hub, subnet = f"koepel-{key}-hub", int(key[:2], 16)
    with ExitStack() as stack:
        _add_namespace(hub, stack)
        _ip("-n", hub, "link", "add", "switch", "type", "bridge")
        _ip("-n", hub, "link", "set", "switch", "up")
        yield {
            name: _plug_in(f"koepel-{key}-{name}", NETWORK.format(subnet, number), hub, stack)
            for number, name in enumerate(names, start=2)
        }


def _add_namespace(name: str, stack: ExitStack) -> None:
    _ip("netns", "add", name)
    stack.callback(_ip, "netns", "delete", name)
    _ip("-n", name, "link", "set", "lo", "up")


def _plug_in(namespace: str, address: str, hub: str, stack: ExitStack) -> Host:
    _add_namespace(namespace, stack)
    inner, outer = "eth0", f"port{next(NUMBERS)}"
    _ip("-n", hub, "link", "add", outer, "type", "veth", "peer", "name", inner, "netns", namespace)
    _ip("-n", hub, "link", "set", outer, "master", "switch")
    _ip("-n", hub, "link", "set", outer, "up")
    _ip("-n", namespace, "address", "add", f"{address}/24", "dev", inner)
    _ip("-n", namespace, "link", "set", inner, "up")
    return Host(namespace, address, outer, hub)

"""A registry in a process of its own, as an operator runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from registry.graph.snapshot import Snapshot
from registry.home import Home
from registry.settings import Settings
from registry.web.app import create_app
from tests.registry.web.server import served

__all__ = ["Served", "serving"]


@dataclass(frozen=True)
class Served:
    """Where it is, and in which process."""

    address: str
    pid: int

    @property
    def port(self) -> int:
        """Its port."""
        return int(self.address.rpartition(":")[2])

    def memory(self) -> int:
        """Tell how much memory the serving process has, in bytes."""
        pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGESIZE")


@contextmanager
def serving(snapshot: Snapshot, **settings: float) -> Iterator[Served]:
    """Serve the registry that a snapshot belongs to."""
    folder, root = snapshot.folder.parents[2], Path(__file__).parents[3]
    order = [sys.executable, "-m", __name__, str(folder), json.dumps(settings)]
    with subprocess.Popen(  # noqa: S603 - this very program
        order,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as process:
        assert process.stdin
        assert process.stdout
        yield Served(process.stdout.readline().strip(), process.pid)
        process.stdin.close()


def main(folder: str, settings: str) -> None:
    """Serve until nobody is there any more."""
    home = Path(folder)
    with served(create_app(Home(home), Settings(home=home, **json.loads(settings)))) as address:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])

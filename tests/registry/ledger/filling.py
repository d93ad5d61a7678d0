"""Fills the disk with versions, in a process of its own: `python -m …filling FOLDER [BYTES A FILE MAY HAVE]`.

Tells how many were acknowledged, what went wrong, and what the ledger says afterwards.
"""

import json
import random
import resource
import sys
from pathlib import Path

from registry.ledger import Happening, Ledger, Version
from registry.storage import StorageError
from tests.registry.ledger.sample import SOURCE, event


def fill(ledger: Ledger) -> tuple[int, StorageError]:
    """Write until it fails; tell how often it did not."""
    chance, acknowledged = random.Random(1), 0  # noqa: S311 (bytes that cannot be compressed, always the same)
    while True:
        one = Version(f"{acknowledged:064d}", chance.randbytes(40_000), b"", "text/turtle")
        try:
            acknowledged = ledger.append(event(Happening.HELD, one), one)
        except StorageError as error:
            return acknowledged, error


def main(folder: Path, limit: int | None) -> None:
    """Fill the disk under a folder, with a bound on the size of each file where one is given."""
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    with Ledger.in_folder(folder) as ledger:
        acknowledged, error = fill(ledger)
    with Ledger.in_folder(folder) as ledger:
        canonical = ledger.canonical(one.digest or "" for one in ledger.events(source=SOURCE))
        told = {
            "code": error.code,
            "status": error.status,
            "acknowledged": acknowledged,
            "position": ledger.position(),
            "versions": sum(1 for _ in canonical),
        }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)

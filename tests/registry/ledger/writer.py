"""Opens a ledger and writes to it, in a process of its own."""

import os
from pathlib import Path

from registry.errors import KoepelError
from registry.ledger import Event, Happening, Ledger, Version
from tests.registry.ledger.sample import event, version

NOBODY = 65534
"""The number of a user who owns nothing."""


def open_without_rights(folder: Path) -> str:
    """Open the ledger in a folder as somebody who may not write there; tell what happens."""
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    try:
        return f"The ledger is at {Ledger.in_folder(folder).position()}."
    except KoepelError as error:
        return str(error)


def write(address: str, writer: int, batches: int) -> tuple[str, list[int]]:
    """Write batches of three events; tell whose ledger it was, and the last position of each batch."""
    with Ledger.open(address) as ledger:
        return ledger.lineage, [ledger.append_all(_batch(writer, number)) for number in range(batches)]


def _batch(writer: int, number: int) -> list[tuple[Event, Version | None]]:
    source = f"https://buddy.example/{writer}/"
    versions = [version(f"shared {number}"), version(f"{writer} {number}"), None]
    return [(event(Happening.HELD, one, source=source), one) for one in versions]

"""A copy takes the place of a ledger, and then goes its own way."""

from pathlib import Path

import pytest

from registry.errors import NotFoundError
from registry.ledger import Happening, Ledger
from registry.storage import StorageError
from tests.registry.ledger.sample import FIRST, OTHER, SECOND, SOURCE, event


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of a ledger with one text."""
    ledger = Ledger.open("sqlite://")
    ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)
    ledger.copy_to(tmp_path / "copy.sqlite")
    return tmp_path / "copy.sqlite"


def test_a_copy_takes_the_place_of_all_that_was_there(ledger: Ledger, copy: Path) -> None:
    before = ledger.lineage
    ledger.append(event(Happening.ACCEPTED, SECOND, source=OTHER), SECOND)

    ledger.take_over(copy)

    assert [(one.position, one.source) for one in ledger.events()] == [(1, SOURCE)]
    assert ledger.version(FIRST.digest) == FIRST
    with pytest.raises(NotFoundError):
        ledger.version(SECOND.digest)
    assert ledger.lineage != before
    assert ledger.append(event(Happening.REMOVED)) == 2


def test_what_cannot_be_read_takes_no_place(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)
    (tmp_path / "broken.sqlite").write_bytes(b"no database" * 1000)

    with pytest.raises(StorageError, match=r"broken\.sqlite"):
        ledger.take_over(tmp_path / "broken.sqlite")

    assert ledger.version(FIRST.digest) == FIRST


def test_a_ledger_that_begins_anew_keeps_its_events(ledger: Ledger) -> None:
    ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)
    before = ledger.lineage

    ledger.begin_anew()

    assert ledger.lineage != before
    assert ledger.position() == 1


def test_every_erasure_is_listed_in_order(ledger: Ledger) -> None:
    for source in (SOURCE, OTHER):
        ledger.append(event(Happening.REGISTERED, source=source))
    ledger.erase(OTHER, "The publisher asked for it.", "operator")
    ledger.append(event(Happening.REGISTERED, source=OTHER))
    ledger.erase(SOURCE, "The publisher asked for it.", "operator")

    assert [(one.position, one.source) for one in ledger.erasures()] == [(3, OTHER), (5, SOURCE)]

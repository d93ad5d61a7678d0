"""A notification that comes in is read with care, and brings nothing but a visit."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from federation.notebook import Notebook
from federation.notice.inbox import Notification, Senders, read, take_in
from federation.notice.notify import tray_of
from federation.notice.tray import MOST_RECEIVED, Tray
from registry.errors import InvalidDataError, KoepelError, LimitError, NotFoundError
from registry.ledger import Happening
from tests.federation.notice.ledger import NOON, SOURCE, Registry

AS2 = "https://www.w3.org/ns/activitystreams"
UPDATE = {"@context": AS2, "type": "Update", "object": SOURCE}


@dataclass
class Desk:
    """An inbox with the files that it writes."""

    registry: Registry
    notebook: Notebook
    tray: Tray

    def take(self, address: str = SOURCE, later: timedelta = timedelta()) -> str:
        """Let a notification come in; gives the source that it is about."""
        told = Notification("Update", (address,))
        return take_in(told, self.registry.home.ledger, self.notebook, self.tray, NOON + later).source


@pytest.fixture
def desk(registry: Registry) -> Iterator[Desk]:
    """An inbox."""
    with ExitStack() as stack:
        notebook = stack.enter_context(Notebook(registry.home.visits))
        yield Desk(registry, notebook, stack.enter_context(Tray(tray_of(registry.home))))


@pytest.mark.parametrize(
    "told",
    [
        UPDATE,
        {"@context": [AS2, {"x": "urn:x"}], "type": ["Update", "Other"], "object": {"id": SOURCE}},
        {"@context": {"as": f"{AS2}#"}, "@type": "as:Update", "as:object": {"@id": SOURCE}},
        [{"@id": "", "@type": [f"{AS2}#Update"], f"{AS2}#object": [{"@id": SOURCE}]}],
        {"@context": AS2, "@graph": [{"id": "urn:x"}, {"type": "Update", "target": SOURCE}]},
    ],
)
def test_an_activity_is_read_however_json_ld_writes_it(told: Any) -> None:
    assert read(json.dumps(told).encode()) == Notification("Update", (SOURCE,))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"type": "Update"}',
        b'{"type": "Like", "object": "https://buddy.example/one"}',
        b'{"type": "Update", "object": "javascript:alert(1)"}',
        b'{"@context": "https://other.example/context", "type": "Update", "object": "https://buddy.example/one"}',
        b'{"type": "Update", "object": 5}',
        b"[" * 100_000,
        b'{"a":' * 50 + b"1" + b"}" * 50,
        b'{"x": ' + b"9" * 5_000 + b"}",
        b" " * 70_000,
    ],
)
def test_what_is_no_notification_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidDataError):
        read(data)


@pytest.mark.parametrize("address", [SOURCE, f"{SOURCE}#project", f"{SOURCE}/"])
def test_a_notification_brings_the_visit_forward(desk: Desk, address: str) -> None:
    desk.registry.note(due=NOON + timedelta(days=1), etag='"1"')

    assert desk.take(address) == SOURCE
    note = desk.notebook.of(SOURCE)
    assert (note.due, note.etag) == (None, '"1"')


def test_a_notification_may_name_the_address_of_the_document(desk: Desk) -> None:
    desk.registry.register(address="https://buddy.example/files/profile.ttl")

    assert desk.take("https://buddy.example/files/profile.ttl") == SOURCE


def test_a_notification_changes_nothing_in_the_ledger(desk: Desk) -> None:
    before = desk.registry.home.ledger.position()
    desk.take()

    assert desk.registry.home.ledger.position() == before


def test_a_member_is_visited_with_the_list_that_names_it(desk: Desk) -> None:
    from registry.ledger import Event

    umbrella, member = "https://umbrella.example", "https://umbrella.example/m"
    event = Event(member, Happening.REGISTERED, member, via=umbrella, terms='{"kind": "member"}')
    desk.registry.home.ledger.append(event)
    desk.registry.source = umbrella
    desk.registry.note(due=NOON + timedelta(days=1))

    assert desk.take(member) == member
    assert desk.notebook.of(umbrella).due is None


@pytest.mark.parametrize("address", ["https://other.example/", "https://buddy.example/"])
def test_who_is_not_registered_hears_how_to_be(desk: Desk, address: str) -> None:
    with pytest.raises(NotFoundError, match="Register it first"):
        desk.take(address)


def test_a_source_that_has_gone_is_not_visited(desk: Desk) -> None:
    desk.registry.befall(Happening.REMOVED, "A reason.")

    with pytest.raises(NotFoundError):
        desk.take()


def test_a_source_is_not_hurried_again_at_once(desk: Desk) -> None:
    desk.take()
    with pytest.raises(LimitError, match="Try again in 240 seconds"):
        desk.take(later=timedelta(minutes=1))

    assert desk.take(later=timedelta(minutes=5)) == SOURCE


def test_old_notifications_make_way(desk: Desk) -> None:
    for _ in range(MOST_RECEIVED + 5):
        desk.tray.receive("Update", SOURCE, NOON)

    kept = desk.tray.received()
    assert (len(kept), kept[0].number, kept[-1].number) == (MOST_RECEIVED, MOST_RECEIVED + 5, 6)


def test_who_sends_too_much_waits_and_others_do_not() -> None:
    senders = Senders(most=2)
    for sender in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        senders.admit(sender, NOON)
    with pytest.raises(KoepelError, match="60 seconds"):
        senders.admit("192.0.2.1", NOON)

    senders.admit("192.0.2.1", NOON + timedelta(minutes=1))


def test_senders_are_remembered_by_number_only_up_to_a_limit() -> None:
    senders = Senders(most=1, known=10)
    for number in range(100):
        senders.admit(f"192.0.2.{number}", NOON)

    assert len(senders._counts) == 10
    assert b"192.0.2" not in b"".join(senders._counts)

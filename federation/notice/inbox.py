"""A notification that comes in: somebody says that a source has changed (Linked Data Notifications).

Nothing in it is believed. It names a source that is registered, and that source is visited sooner; what the
visit finds is what counts. Of the notification itself only its kind and the source are kept.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from federation.notice.status import registration_of
from federation.source import Kind, Source
from registry.errors import InvalidDataError, LimitError, NotFoundError
from registry.formats import Format
from registry.ingest.guard import decode_text
from registry.ingest.nesting import refuse_deep_nesting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from federation.notebook import Notebook
    from federation.notice.tray import Received, Tray
    from registry.ledger import Ledger

__all__ = ["ACTIVITIES", "ACTIVITY_STREAMS", "MOST_BYTES", "Notification", "Senders", "read", "take_in"]

ACTIVITY_STREAMS: Final = "https://www.w3.org/ns/activitystreams#"
CONTEXTS: Final = frozenset({"https://www.w3.org/ns/activitystreams", ACTIVITY_STREAMS})
RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ACTIVITIES: Final = frozenset({"Announce", "Create", "Delete", "Update"})
MOST_BYTES: Final = 65_536
DEEPEST: Final = 12
MOST_OBJECTS: Final = 20
MOST_NODES: Final = 2_000
REST: Final = timedelta(minutes=5)
"""A source is not hurried more often than this."""


@dataclass(frozen=True)
class Notification:
    """What a notification says: what was done, and to which documents."""

    activity: str
    objects: tuple[str, ...]


def read(data: bytes) -> Notification:
    """Read a notification in JSON-LD: an activity (Activity Streams 2.0) with the documents as its object.

    It may be written in the compact form, with a prefix, or expanded; no context is loaded from anywhere.

    >>> read(
    ...     b'{"@context": "https://www.w3.org/ns/activitystreams", "type": "Update", '
    ...     b'"object": "https://buddy.example/gent"}'
    ... )
    Notification(activity='Update', objects=('https://buddy.example/gent',))
    """
    if len(data) > MOST_BYTES:
        raise InvalidDataError(
            "notification-too-large",
            "A notification may have {limit} bytes. Send only which document has changed; it is fetched.",
            limit=MOST_BYTES,
        )
    text = decode_text(data)
    refuse_deep_nesting(text, Format.JSON_LD, DEEPEST)
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    for activity in _nodes(told):
        kind = next((one for one in _names(activity) if one in ACTIVITIES), "")
        named = (*_iris(_value(activity, "object")), *_iris(_value(activity, "target")))
        objects = tuple(dict.fromkeys(named))
        if kind and objects:
            return Notification(kind, objects[:MOST_OBJECTS])
    raise _unreadable()


def _unreadable() -> InvalidDataError:
    return InvalidDataError(
        "notification-unreadable",
        "The notification cannot be read. Send JSON-LD with an activity of the type Update, Create, Announce "
        "or Delete, and the address of the description as its object.",
    )


def _nodes(told: Any) -> Iterator[dict[str, Any]]:
    """Find what is described, outer before inner, in a context in which short names mean the usual."""
    waiting = deque(told if isinstance(told, list) else [told])
    for _ in range(MOST_NODES):
        if not waiting:
            return
        one = waiting.popleft()
        if isinstance(one, dict) and _is_usual(one.get("@context")):
            yield one
            inner = one.get("@graph")
            waiting.extend(inner if isinstance(inner, list) else ())


def _is_usual(context: Any) -> bool:
    """Tell whether a context leaves the names of Activity Streams as they are."""
    named = context if isinstance(context, list) else [context]
    return context is None or any(
        one in CONTEXTS if isinstance(one, str) else isinstance(one, dict) for one in named
    )


def _names(activity: dict[str, Any]) -> Iterator[str]:
    kinds = _value(activity, "type") or activity.get(RDF_TYPE)
    for told in kinds if isinstance(kinds, list) else [kinds]:
        one = told.get("@id") if isinstance(told, dict) else told
        if isinstance(one, str):
            yield one.removeprefix(ACTIVITY_STREAMS).removeprefix("as:")


def _value(activity: dict[str, Any], name: str) -> Any:
    keys = (name, f"@{name}", f"as:{name}", f"{ACTIVITY_STREAMS}{name}")
    return next((activity[key] for key in keys if key in activity), None)


def _iris(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        iri = one.get("id", one.get("@id")) if isinstance(one, dict) else one
        if isinstance(iri, str) and iri.startswith(("https://", "http://")):
            yield iri


def take_in(
    notification: Notification, ledger: Ledger, notebook: Notebook, tray: Tray, now: datetime
) -> Received:
    """Let the source that a notification is about be visited soon; a member is visited with its list.

    Raises:
        NotFoundError: None of the documents belongs to a source that is registered.
        LimitError: The source was hurried a moment ago.
    """
    source = _registered(notification.objects, ledger)
    visited = source.via if source.kind is Kind.MEMBER and source.via else source.space
    last = next(iter(tray.received(source.space)), None)
    if last and now - last.time < REST:
        raise too_often(REST - (now - last.time))
    number = tray.receive(notification.activity, source.space, now)
    notebook.hurry(visited)
    return next(one for one in tray.received(source.space) if one.number == number)


def _registered(objects: tuple[str, ...], ledger: Ledger) -> Source:
    names = [name for one in objects for name in _names_of(one)]
    for name in names:
        if event := registration_of(ledger, name):
            return Source.of(event)
    by_address = {event.address: event for event in ledger.registrations().values()}
    for name in names:
        if name in by_address:
            return Source.of(by_address[name])
    raise NotFoundError(
        "notification-about-unknown",
        "The register has no source at {address}. Register it first; then the register reads it by itself.",
        address=objects[0],
    )


def _names_of(named: str) -> tuple[str, ...]:
    """Give the names under which the source of a document or a thing may be registered."""
    bare = named.partition("#")[0]
    return tuple(dict.fromkeys((named, bare, bare.rstrip("/"))))


def too_often(rest: timedelta) -> LimitError:
    """Say that it was too soon, and when it is time."""
    return LimitError(
        "notified-too-often",
        "That was announced a moment ago. Try again in {seconds} seconds.",
        seconds=max(1, round(rest.total_seconds())),
    )


class Senders:
    """Counts how much each sender sends; it remembers only for minutes, and no address in the clear.

    >>> from datetime import datetime, UTC
    >>> senders = Senders(most=1)
    >>> senders.admit("192.0.2.1", datetime(2026, 11, 22, tzinfo=UTC))
    >>> senders.admit("192.0.2.1", datetime(2026, 11, 22, tzinfo=UTC))
    Traceback (most recent call last):
    registry.errors.LimitError: That was announced a moment ago. Try again in 60 seconds.
    """

    def __init__(self, most: int = 30, window: timedelta = timedelta(minutes=1), known: int = 10_000) -> None:
        self._most, self._window, self._known = most, window, known
        self._salt = secrets.token_bytes(16)
        self._counts: OrderedDict[bytes, tuple[datetime, int]] = OrderedDict()
        self._turn = Lock()

    def admit(self, sender: str, now: datetime) -> None:
        """Count one more; raises `LimitError` when that is too many within the window."""
        name = hashlib.blake2b(sender.encode(), key=self._salt, digest_size=8).digest()
        with self._turn:
            since, count = self._counts.pop(name, (now, 0))
            if now - since >= self._window:
                since, count = now, 0
            self._counts[name] = (since, count + 1)
            if len(self._counts) > self._known:
                self._counts.popitem(last=False)
        if count >= self._most:
            raise too_often(self._window - (now - since))

"""The public keys with which bodies sign labels, as the ledger tells of them.

A body has one key at a time. A new one signs from the moment on which it is made, and the one before is
retired by that: what it signed stays valid. A key that fell into the wrong hands is *compromised*: nothing
that it signed counts any more, and the labels of that time are signed again with the next key.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from registry.errors import NotAllowedError, NotFoundError
from registry.ledger import Event, Happening

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "Key",
    "created",
    "find_key",
    "key_for",
    "read_keys",
    "retired",
    "was_compromised",
]

CREATE: Final = "create"
RETIRE: Final = "retire"


@dataclass(frozen=True)
class Key:
    """A public key of a body, and the time in which it signs."""

    body: str
    """The IRI of the organisation."""
    number: int
    """Counted from one through the whole registry."""
    public: str
    """A Multikey."""
    start: datetime
    end: datetime | None = None
    """From here on it signs nothing new."""
    reason: str = ""
    """Why it was retired."""
    compromised: bool = False
    """Whether somebody else may have signed with it, so that nothing it signed counts."""

    def signs(self, moment: datetime) -> bool:
        """Tell whether it signs what happens at a moment."""
        return self.start <= moment and (self.end is None or moment < self.end)


def created(body: str, number: int, public: str, actor: str) -> Event:
    """Announce a new key, which takes the place of the one before."""
    terms = {"act": CREATE, "number": number, "public": public}
    return _event(body, terms, actor)


def retired(key: Key, reason: str, actor: str, *, compromised: bool = False) -> Event:
    """Let a key sign nothing new; of a compromised one nothing counts from now on.

    Raises:
        NotAllowedError: It was retired before, and nothing would change.
    """
    if key.end is not None and (key.compromised or not compromised):
        raise NotAllowedError(
            "key-already-retired",
            "Key {number} was retired on {day}. Only that it was compromised can still be added.",
            number=key.number,
            day=key.end.date().isoformat(),
        )
    terms = {"act": RETIRE, "number": key.number, "compromised": compromised}
    return replace(_event(key.body, terms, actor), reason=reason)


def read_keys(events: Iterable[Event]) -> dict[str, tuple[Key, ...]]:
    """Tell by the IRI of each body which keys it has had, the oldest first.

    >>> event = replace(created("urn:b", 1, "z6Mk", "operator"), time=datetime(2026, 1, 1, tzinfo=UTC))
    >>> [key.number for key in read_keys([event])["urn:b"]]
    [1]
    """
    found: dict[str, list[Key]] = {}
    for event, told in _told(events):
        keys = found.setdefault(event.source, [])
        moment = event.time or datetime.now(UTC)
        match told:
            case {"act": "create", "number": int(number), "public": str(public)}:
                keys[:] = [one if one.end else replace(one, end=moment) for one in keys]
                keys.append(Key(event.source, number, public, moment))
            case {"act": "retire", "number": int(number), "compromised": bool(compromised)}:
                keys[:] = [
                    _ended(one, moment, event.reason, compromised) if one.number == number else one
                    for one in keys
                ]
    return {body: tuple(keys) for body, keys in found.items() if keys}


def find_key(keys: Iterable[Key], number: int) -> Key:
    """Find a key by its number.

    Raises:
        NotFoundError: There is none.
    """
    for key in keys:
        if key.number == number:
            return key
    raise NotFoundError(
        "key-unknown",
        "There is no key {number}. The command koepel key list lists all keys.",
        number=number,
    )


def key_for(keys: Sequence[Key], moment: datetime) -> tuple[Key, datetime] | None:
    """Find the key that signs what happened at a moment, and the time that its signature names.

    That is the key which the body had then. If it had none yet, or if that one is compromised, the next one
    signs, as of its first moment.
    """
    sound = [key for key in keys if not key.compromised]
    for key in sound:
        if key.signs(moment):
            return key, moment
    later = next((key for key in sound if key.start > moment), None)
    return (later, later.start) if later else None


def was_compromised(keys: Sequence[Key], moment: datetime) -> bool:
    """Tell whether what was signed at a moment was signed with a key of which nothing counts any more."""
    first = key_for([replace(key, compromised=False) for key in keys], moment)
    return first is not None and any(key.compromised for key in keys if key.number == first[0].number)


def _ended(key: Key, moment: datetime, reason: str, compromised: bool) -> Key:
    return replace(key, end=key.end or moment, reason=reason, compromised=key.compromised or compromised)


def _told(events: Iterable[Event]) -> list[tuple[Event, dict[str, Any]]]:
    return [
        (event, json.loads(event.terms or "{}")) for event in events if event.happening is Happening.KEYED
    ]


def _event(body: str, terms: dict[str, Any], actor: str) -> Event:
    told = json.dumps(terms, sort_keys=True)
    return Event(body, Happening.KEYED, actor=actor, behalf=body, via="console", terms=told)

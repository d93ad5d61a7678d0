"""Which account has which role, read from the ledger: now, or at any moment in the past."""

from __future__ import annotations

import json
from threading import Lock
from typing import TYPE_CHECKING

from registry.account.actor import Grant, Role
from registry.ledger import Happening

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from registry.ledger import Event, Ledger

__all__ = ["Rights", "grants"]


def grants(
    events: Iterable[Event], known: Mapping[str, frozenset[Grant]] | None = None
) -> dict[str, frozenset[Grant]]:
    """Tell by the IRI of each account which roles it has; what was said last counts.

    >>> from registry.ledger import Event
    >>> terms = '{"act": "%s", "role": "decider", "organisation": "https://body.example/#us"}'
    >>> given = Event("urn:example:anna", Happening.ENTITLED, terms=terms % "grant")
    >>> taken = Event("urn:example:anna", Happening.ENTITLED, terms=terms % "withdraw")
    >>> [len(grants(told)["urn:example:anna"]) for told in ([given], [given, taken])]
    [1, 0]
    >>> grants([taken], grants([given]))
    {'urn:example:anna': frozenset()}
    """
    found = dict(known or {})
    for event in events:
        if event.happening is not Happening.ENTITLED:
            continue
        told = json.loads(event.terms or "{}")
        had = found.get(event.source, frozenset())
        match told.get("act"):
            case "grant":
                found[event.source] = had | {Grant(Role(told["role"]), told["organisation"])}
            case "withdraw":
                found[event.source] = had - {Grant(Role(told["role"]), told["organisation"])}
            case "close":
                found[event.source] = frozenset()
            case _:
                found[event.source] = had
    return found


class Rights:
    """The roles of all accounts as they are now, read on whenever the ledger has grown.

    >>> from registry.ledger import Event, Ledger
    >>> rights = Rights(Ledger.open("sqlite://"))
    >>> rights.of("urn:example:anna")
    frozenset()
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[str, frozenset[Grant]] = {}
        self._read = (ledger.lineage, 0)
        self._turn = Lock()

    def of(self, account: str) -> frozenset[Grant]:
        """Give the roles of an account, by its IRI."""
        with self._turn:
            self._read_on()
            return self._known.get(account, frozenset())

    def _read_on(self) -> None:
        lineage, position = self._ledger.lineage, self._ledger.position()
        if lineage != self._read[0] or position < self._read[1]:  # another ledger took its place
            self._known, self._read = {}, (lineage, 0)
        if position > self._read[1]:
            events = self._ledger.acts(after=self._read[1], until=position)
            self._known, self._read = grants(events, self._known), (lineage, position)

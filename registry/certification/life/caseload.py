"""All cases, schemes and roles, as the ledger tells of them: read once, and then only what is new."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Final

from registry.account.grant import grants
from registry.certification.life.act import Act
from registry.certification.life.case import Case
from registry.ledger import Happening
from registry.scheme.adoption import adopted, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from registry.account.actor import Grant
    from registry.ledger import Event, Ledger
    from registry.scheme.adoption import Adopted
    from registry.scheme.scheme import Scheme

__all__ = ["ERASED", "Caseload", "Erased", "Reader", "read_caseload"]

ERASED: Final = "erase"
"""The act that stays of a case that was erased; it says nothing of whom it was about."""


@dataclass(frozen=True)
class Erased:
    """What stays of a case that was erased: places in the status lists of a body are revoked for good."""

    case: str
    body: str
    indexes: tuple[int, ...]
    on: date


@dataclass(frozen=True)
class Caseload:
    """What certification knows at one position of the ledger."""

    position: int
    events: tuple[Event, ...]
    acts: Mapping[str, tuple[Act, ...]]
    """The acts of each case, by its IRI; without those that were erased."""
    schemes: Mapping[str, Scheme]
    """Every scheme that was ever adopted, by its IRI, as it reads now."""
    grants: Mapping[str, frozenset[Grant]]
    """The roles of each account, by its IRI."""
    adopted: Mapping[str, Adopted] = field(default_factory=dict)
    """The same schemes with their digests, and whether they were withdrawn."""
    texts: Mapping[str, Scheme] = field(default_factory=dict)
    """Every text of a scheme that ever counted, by its digest."""
    erased: tuple[Erased, ...] = ()

    def case(self, iri: str, day: date) -> Case | None:
        """Give one case as it stood on a day."""
        acts = self.acts.get(iri)
        return Case(iri, acts, day).on(day) if acts else None

    def cases(self, day: date) -> Iterator[Case]:
        """Go through all cases that had begun by a day, in the order in which they began."""
        return (case for iri in self.acts if (case := self.case(iri, day)))

    def labelled(self, day: date) -> Iterator[Case]:
        """Go through the cases whose label is in force on a day."""
        return (case for case in self.cases(day) if case.in_force)

    def siblings(self, case: Case) -> Iterator[Case]:
        """Go through the other cases of the same initiative under the same scheme and body, on its day."""
        about = case.subject, case.scheme, case.body
        return (
            one
            for one in self.cases(case.day)
            if one.iri != case.iri and (one.subject, one.scheme, one.body) == about
        )

    def scheme(self, case: Case) -> Scheme:
        """Give the rules of a case: the text of its scheme that counted when it was first handed in.

        Until then it is the text that counts now, so that nobody prepares for rules of yesterday.
        """
        told = next((act for act in case.acts if act.name == "submit"), None)
        digest = told.details["scheme_digest"] if told else self.adopted[case.scheme].digest
        return self.texts[digest]

    def erased_places(self, body: str) -> frozenset[int]:
        """Give the places in the status lists of a body that belonged to labels which were erased."""
        return frozenset(index for one in self.erased if one.body == body for index in one.indexes)

    def first_award(self, case: Case) -> date | None:
        """Give the first day of the first label in a row of renewals; None for a case that renews nothing."""
        before = self.case(case.renews, case.day) if case.renews else None
        if before is None:
            return None
        return self.first_award(before) or (before.label.valid_from if before.label else None)


@dataclass
class Reader:
    """Keeps the newest caseload of a ledger; safe for threads."""

    ledger: Ledger
    _last: Caseload | None = None
    _lineage: str = ""
    _turn: Lock = field(default_factory=Lock, repr=False)

    def read(self) -> Caseload:
        """Give the caseload as of now; nothing is read twice, unless something was erased meanwhile."""
        with self._turn:
            lineage, position = self.ledger.lineage, self.ledger.position()
            if self._last is None or (self._lineage, self._last.position) != (lineage, position):
                before = self._last if self._lineage == lineage else None
                self._last, self._lineage = read_caseload(self.ledger, position, before), lineage
            return self._last


def read_caseload(ledger: Ledger, until: int, before: Caseload | None = None) -> Caseload:
    """Read the caseload as it was at a position of the ledger.

    Args:
        ledger: The ledger.
        until: The position.
        before: The caseload at an earlier position; what was read for it is not read again, unless something
            was erased meanwhile.
    """
    known = before if before and _may_go_on(ledger, before, until) else None
    new = ledger.acts(after=known.position if known else 0, until=until)
    if known and not new:
        return replace(known, position=until)
    events = (*(known.events if known else ()), *new)
    read = texts(ledger, events, before.texts if before else {})
    schemes = adopted(events, read)
    return Caseload(
        position=until,
        events=events,
        acts=_acts(events),
        schemes={iri: one.scheme for iri, one in schemes.items()},
        grants=grants(events),
        adopted=schemes,
        texts=read,
        erased=tuple(_erased(events)),
    )


def _may_go_on(ledger: Ledger, before: Caseload, until: int) -> bool:
    erased = max((one.position or 0 for one in ledger.erasures()), default=0)
    return before.position <= until and erased <= before.position


def _acts(events: Iterable[Event]) -> dict[str, tuple[Act, ...]]:
    """Sort the acts into their cases, each in the order of days; of what was erased nothing is told."""
    found: dict[str, list[Act]] = {}
    for event in events:
        if event.happening is Happening.ACTED and event.terms:
            act = Act.of(event)
            if act.name != ERASED:
                found.setdefault(event.source, []).append(act)
    return {iri: tuple(sorted(told, key=lambda act: act.on)) for iri, told in found.items()}


def _erased(events: Iterable[Event]) -> Iterator[Erased]:
    for event in events:
        if event.happening is Happening.ACTED and json.loads(event.terms or "{}").get("act") == ERASED:
            act = Act.of(event)
            yield Erased(act.case, act.details["body"], tuple(act.details["indexes"]), act.on)

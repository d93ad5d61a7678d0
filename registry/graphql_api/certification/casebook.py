"""The cases of certification, as they were known in the state of the registry that an answer comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from registry.certification.life.case import Case
from registry.certification.life.caseload import Caseload, read_caseload
from registry.graphql_api.session import Frame
from registry.ledger import Ledger
from registry.reading.past import Past

__all__ = ["Casebook", "casebook"]

MOST_KEPT: Final = 4
"""So many states stay in memory: the newest, and those that somebody turns back to."""


@dataclass(frozen=True)
class Casebook:
    """A caseload that no longer changes, in which labels are found by what has them."""

    caseload: Caseload

    @cached_property
    def by_subject(self) -> dict[str, tuple[str, ...]]:
        """The IRIs of the cases of each initiative."""
        found: dict[str, tuple[str, ...]] = {}
        for iri, acts in self.caseload.acts.items():
            subject = str(acts[0].details.get("subject", ""))
            found[subject] = (*found.get(subject, ()), iri)
        return found

    def labelled(self, day: date, subject: str = "") -> Iterator[Case]:
        """Go through the cases that had led to a label by a day: all, or those of one initiative.

        Only these are public; whoever looks for other cases must be one of their parties.
        """
        iris = self.by_subject.get(subject, ()) if subject else self.caseload.acts
        cases = (self.caseload.case(iri, day) for iri in iris)
        return (case for case in cases if case is not None and case.label is not None)

    def label(self, name: str, day: date) -> Case | None:
        """Find the case that had led to a label by a day, by the IRI of the label or by its number."""
        number = name.rpartition("/")[2]
        iris = (iri for iri in self.caseload.acts if iri.rpartition("/")[2] == number)
        cases = (case for iri in iris if (case := self.caseload.case(iri, day)))
        return next((one for one in cases if one.label and name in (one.number, one.label.iri)), None)


def casebook(frame: Frame) -> Casebook:
    """Give the cases as the ledger told of them when the snapshot was taken, or at a moment of the past.

    Whoever deals with cases sees them as they are now.
    """
    if frame.caseload is not None:
        return Casebook(frame.caseload)
    edition = frame.edition
    if isinstance(edition, Past):
        position = frame.ledger.position_at(edition.moment)
    else:
        position = edition.snapshot.stand.position
    return _read(frame.ledger, position, edition.snapshot.name)


@lru_cache(maxsize=MOST_KEPT)
def _read(ledger: Ledger, position: int, snapshot: str) -> Casebook:
    """Read once for each snapshot: after an erasure it has another name."""
    return Casebook(read_caseload(ledger, position))

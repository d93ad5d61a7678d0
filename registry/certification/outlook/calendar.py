"""What is to be done by when: labels that end, conditions, evidence that ages, mandates, new versions.

Everything follows from the acts and from the text of the scheme, so that a calendar is never kept by hand.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

from registry.account.actor import ANYBODY, Role
from registry.certification.life.way import EXPIRED, load_way
from registry.certification.proof.evidence import exhibits
from registry.certification.sight import may_see
from registry.ledger import Happening
from registry.scheme.scheme import months_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.account.actor import Actor
    from registry.certification.life.case import Case
    from registry.certification.life.caseload import Caseload
    from registry.scheme.scheme import Scheme
    from registry.validation.standard import Library

__all__ = ["PUBLIC", "Due", "Kind", "dues", "is_living"]

SUSPENDED: Final = "suspended"
FALLEN: Final = frozenset({"revoked", "replaced"})
"""States in which a label ended before its day."""
SHAPING: Final = (
    *("grant", "extend", "meet-condition", "suspend", "reinstate", "revoke", "replace", "overturn"),
)
"""Acts that can move a date of a label, or do away with it."""
UNRENEWED: Final = frozenset({"draft", "self-assessed", "withdrawn", "refused"})
"""States of an application that do not yet, or no longer, lead to a renewal."""
FIRST: Final = "0"


class Kind(StrEnum):
    """What is due."""

    LABEL = "label"
    """The last day of a label."""
    RENEWAL = "renewal"
    """From this day on it is time to renew: as many months before the end as the scheme says."""
    CONDITION = "condition"
    """Something must be mended by this day."""
    EVIDENCE = "evidence"
    """After this day a document is older than the scheme lets evidence be."""
    APPEAL = "appeal"
    """The last day for an appeal against a decision."""
    STANDARD = "standard"
    """From this day on a new version of the standard counts for new applications."""
    AUTHORITY = "authority"
    """The last day on which a body may decide under a scheme."""


PUBLIC: Final = frozenset({Kind.LABEL})
"""What everybody may know, of labels that were granted."""


@dataclass(frozen=True)
class Due:
    """One thing that is due on a day, in one case or for one body.

    >>> due = Due(Kind.RENEWAL, date(2026, 3, 1), body="https://body.example/#us", about="12")
    >>> due.key, due.is_over(date(2026, 3, 2))
    ('renewal//12', True)
    """

    kind: Kind
    day: date
    body: str
    """The IRI of the certifying body."""
    scheme: str = ""
    case: str = ""
    """The IRI of the case; empty where it is about the body itself."""
    subject: str = ""
    """The IRI of the initiative."""
    organisation: str = ""
    """The IRI of the organisation that applied."""
    about: str = ""
    """Months before the end, the number of a condition or of a document, a version, or a decision."""
    text: str = ""
    """What a condition says; for the parties only."""
    cancelled: bool = False
    """Whether it is no longer due, because the label ended before its day or a condition was met."""
    revision: int = 0
    """How often the day may have been moved."""
    touched: datetime | None = None
    """When that was written down last."""

    @property
    def key(self) -> str:
        """What makes it the same thing when its day is moved."""
        return f"{self.kind}/{self.case or self.scheme}/{self.about}"

    @property
    def uid(self) -> str:
        """The same as a name of 32 figures that tells nobody anything."""
        return hashlib.sha256(f"{self.key}\0{self.body}".encode()).hexdigest()[:32]

    def is_over(self, day: date) -> bool:
        """Tell whether its day has passed."""
        return self.day < day


def dues(
    caseload: Caseload,
    day: date,
    months: int | None = None,
    *,
    actor: Actor | None = None,
    library: Library | None = None,
    closed: bool = False,
) -> tuple[Due, ...]:
    """List what is due, the earliest first; what should have been done already stands before today.

    Of the reminders before the end of a label only the last one that has come is listed, and none when an
    application to renew it was submitted.

    Args:
        caseload: All cases.
        day: Today.
        months: How far to look ahead; without it, to the end.
        actor: For whom: a body sees its own cases, a project its own, a visitor the ends of labels. Without
            anybody all is listed, for the registry itself.
        library: The standards; without them nothing is said of new versions.
        closed: Also what is over or cancelled, as a calendar needs it that others have copied.
    """
    last = date.max if months is None else months_after(day, months)
    found = [
        due
        for due in (*_of_cases(caseload, day, actor, library), *_of_bodies(caseload, actor))
        if due.day <= last and (closed or _is_open(due, day))
    ]
    return tuple(sorted(found, key=lambda due: (due.day, due.kind, due.case, due.about)))


def is_living(case: Case) -> bool:
    """Tell whether a case has a label that has not come to its end; it may be suspended."""
    return case.state in load_way().in_force or case.state == SUSPENDED


def _is_open(due: Due, day: date) -> bool:
    """Tell what is still to be done; a reminder stays until the next, a debt until it is paid."""
    lasting = due.kind in {Kind.RENEWAL, Kind.CONDITION, Kind.EVIDENCE}
    return not due.cancelled and (lasting or not due.is_over(day))


def _of_cases(caseload: Caseload, day: date, actor: Actor | None, library: Library | None) -> Iterator[Due]:
    cases = tuple(caseload.cases(day))
    renewed = {case.renews for case in cases if case.renews and case.state not in UNRENEWED}
    for case in cases:
        scheme = _rules(caseload, case)
        party = actor is None or may_see(actor, case)
        if scheme is None or not (party or actor == ANYBODY):
            continue
        for due in _of_case(case, scheme, library, renewed=case.iri in renewed):
            if party or due.kind in PUBLIC:
                yield due


def _rules(caseload: Caseload, case: Case) -> Scheme | None:
    """Give the text of the scheme that counted when the case was handed in, else the one that counts now."""
    submitted = next(iter(case.all("submit")), None)
    text = caseload.texts.get(submitted.details.get("scheme_digest", "")) if submitted else None
    return text or caseload.schemes.get(case.scheme)


def _of_case(case: Case, scheme: Scheme, library: Library | None, *, renewed: bool) -> Iterator[Due]:
    yield from _of_label(case, scheme, renewed=renewed)
    yield from _of_evidence(case, scheme)
    yield from _of_appeal(case, scheme)
    yield from _of_standard(case, scheme, library)


def _of_label(case: Case, scheme: Scheme, *, renewed: bool) -> Iterator[Due]:
    """Tell when a label ends, when to renew it, and what must be mended before."""
    label = case.label
    if label is None:
        return
    times = [act.time for act in case.all(*SHAPING) if act.time]
    note = partial(_due, case, revision=max(len(times) - 1, 0), touched=max(times, default=None))
    fallen, ended = case.state in FALLEN, case.state == EXPIRED
    yield note(Kind.LABEL, label.expires, cancelled=fallen)
    if not ended:
        windows = [(months_after(label.expires, -months), months) for months in scheme.reminder_months]
        opened = max((start for start, _ in windows if start <= case.day), default=date.min)
        for start, months in windows:
            cancelled = fallen or renewed or start < max(opened, label.valid_from)
            yield note(Kind.RENEWAL, start, about=str(months), cancelled=cancelled)
    for one in label.conditions:
        over = fallen or ended or one.met is not None
        yield note(Kind.CONDITION, one.due, about=str(one.number), text=one.text, cancelled=over)


def _of_evidence(case: Case, scheme: Scheme) -> Iterator[Due]:
    """Tell when each document will be too old, unless a newer one speaks for the same."""
    if scheme.evidence_months is None or not (is_living(case) or _is_under_way(case)):
        return
    held = exhibits(case)
    for one in held:
        supports = set(one.supports)
        newer = (other for other in held if other.dated > one.dated)
        if supports and any(supports <= set(other.supports) for other in newer):
            continue
        last = months_after(one.dated, scheme.evidence_months)
        yield _due(case, Kind.EVIDENCE, last, about=one.number, touched=_begin(one.added))


def _of_appeal(case: Case, scheme: Scheme) -> Iterator[Due]:
    """Tell until when an appeal against a decision may come in, while there is none."""
    decisions = case.all("refuse", "suspend", "revoke")
    open_from = load_way().steps["appeal"].leads
    if not decisions or not scheme.appeal_days or case.state not in open_from:
        return
    decision = decisions[-1]
    if any(act.name == "appeal" for act in case.acts[case.acts.index(decision) :]):
        return
    last = decision.on + timedelta(days=scheme.appeal_days)
    yield _due(case, Kind.APPEAL, last, about=str(len(decisions)), touched=decision.time)


def _of_standard(case: Case, scheme: Scheme, library: Library | None) -> Iterator[Due]:
    """Tell from when on a version counts that has been announced."""
    if library is None or scheme.standard not in library.standards or not is_living(case):
        return
    for version in library.standards[scheme.standard].announced(case.day):
        yield _due(
            case, Kind.STANDARD, version.counts_from, about=version.number, touched=_begin(version.announced)
        )


def _of_bodies(caseload: Caseload, actor: Actor | None) -> Iterator[Due]:
    """Tell until when bodies may decide; a body is told of itself."""
    own = None if actor is None else _bodies_of(actor)
    adopted: dict[str, list[datetime]] = {}
    for event in caseload.events:
        if event.happening is Happening.ADOPTED and event.time:
            adopted.setdefault(event.source, []).append(event.time)
    for scheme in caseload.schemes.values():
        times = adopted.get(scheme.iri, [])
        for one in scheme.authorities:
            if one.end is not None and (own is None or one.body in own):
                about = one.start.isoformat() if one.start else FIRST
                yield Due(
                    Kind.AUTHORITY, one.end, one.body, scheme.iri, about=about,
                    revision=max(len(times) - 1, 0), touched=max(times, default=None),
                )  # fmt: skip


def _bodies_of(actor: Actor) -> frozenset[str]:
    """Give the bodies for which an actor works; a token must be one that reads."""
    if actor == ANYBODY or not actor.reads:
        return frozenset()
    return actor.organisations(Role.ASSESSOR, Role.DECIDER)


def _is_under_way(case: Case) -> bool:
    """Tell whether an application has begun and is not decided."""
    return case.state in load_way().steps["withdraw"].leads


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _due(
    case: Case,
    kind: Kind,
    day: date,
    *,
    about: str = "",
    text: str = "",
    cancelled: bool = False,
    revision: int = 0,
    touched: datetime | None = None,
) -> Due:
    return Due(
        kind, day, case.body, case.scheme, case.iri, case.subject, case.organisation,
        about, text, cancelled, revision, touched,
    )  # fmt: skip

"""What an application is about, and whether it may begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from registry.account.actor import Role
from registry.certification.details import Opening
from registry.certification.life.way import EXPIRED, load_way
from registry.certification.proof.description import described
from registry.errors import NotAllowedError, NotFoundError
from registry.scheme.adoption import unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.certification.guard.matter import Matter
    from registry.certification.life.case import Case
    from registry.certification.proof.description import Described
    from registry.scheme.scheme import Scheme

__all__ = ["OPEN", "Start", "begin", "check_opening"]

OPEN: Final = frozenset({"draft", "self-assessed", "applied", "documents-read", "audited", "recommended"})
"""The states of a case that nobody has decided."""


@dataclass(frozen=True)
class Start:
    """What a case is about, as it is written when it is opened."""

    subject: str
    scheme: str
    level: str
    organisation: str
    body: str
    renews: str
    source: str
    publishers: tuple[str, ...]

    @classmethod
    def of(cls, case: Case) -> Start:
        """Read what was written."""
        told = case.opening
        return cls(
            case.subject, case.scheme, case.level, case.organisation, case.body, case.renews,
            told.get("source", ""), tuple(told.get("publishers", ())),
        )  # fmt: skip


def begin(matter: Matter) -> Start:
    """Work out what an application is about, where the applicant left something open.

    Raises:
        NotFoundError: Nothing is published about the initiative, or no such scheme was adopted.
        NotAllowedError: The scheme cannot be applied for as it is asked.
    """
    told = matter.told
    assert isinstance(told, Opening)  # noqa: S101 - what is said with this act is always of this form
    about = _about(matter, told.subject)
    scheme = _scheme(matter, told.scheme)
    _check_judged(matter, scheme, about)
    return Start(
        subject=told.subject,
        scheme=told.scheme,
        level=_level(scheme, told.level),
        organisation=_organisation(matter, about),
        body=_body(matter, scheme, told.body),
        renews=matter.desk.case_iri(told.renews) if told.renews else "",
        source=about.source,
        publishers=about.organisations,
    )


def check_opening(matter: Matter) -> None:
    """Refuse an application that is under way already, or that renews what cannot be renewed.

    Under a scheme that was withdrawn nothing is handed in either.
    """
    if matter.order.act in ("open", "submit") and matter.caseload.adopted[matter.start.scheme].withdrawn:
        raise NotAllowedError(
            "scheme-withdrawn",
            "The label scheme {scheme} takes no new applications in this registry. Ask its owner which one "
            "to apply for.",
            scheme=matter.start.scheme,
        )
    if matter.order.act == "open":
        _check_first(matter)
        _check_renewal(matter)


def _about(matter: Matter, subject: str) -> Described:
    """Find the description; history may be entered from before there was one."""
    about = described(matter.desk, subject, matter.on) or described(matter.desk, subject)
    if about is None:
        raise NotFoundError(
            "subject-undescribed",
            "No description of {subject} is published here. Register it first, and check that its name "
            "(IRI) is written exactly as in the description.",
            subject=subject,
        )
    return about


def _scheme(matter: Matter, iri: str) -> Scheme:
    if iri not in matter.caseload.schemes:
        raise unknown(iri)
    return matter.caseload.schemes[iri]


def _level(scheme: Scheme, iri: str) -> str:
    if iri and scheme.level(iri) is None:
        raise NotAllowedError(
            "level-unknown",
            "The label scheme {scheme} has no level {level}. Choose from: {choices}.",
            scheme=scheme.iri,
            level=iri,
            choices=", ".join(one.iri for one in scheme.levels),
        )
    return iri or scheme.levels[0].iri


def _body(matter: Matter, scheme: Scheme, iri: str) -> str:
    bodies = tuple(dict.fromkeys(scheme.bodies(matter.on)))
    if iri or len(bodies) == 1:
        return iri or bodies[0]
    raise NotAllowedError(
        "body-unclear",
        "Under the label scheme {scheme}, {count} bodies may decide on {day}. Say which one you ask: "
        "{choices}.",
        scheme=scheme.iri,
        count=len(bodies),
        day=matter.on.isoformat(),
        choices=", ".join(bodies),
    )


def _organisation(matter: Matter, about: Described) -> str:
    """Choose the publisher for which the applicant speaks; else the first, which the refusal names."""
    own = [one for one in about.organisations if matter.actor.may(Role.OWNER, one)]
    return next(iter((*own, *about.organisations, about.source)))


def _check_judged(matter: Matter, scheme: Scheme, about: Described) -> None:
    standard = matter.desk.rulebook.standard(scheme.standard)
    if about.kinds.isdisjoint(map(str, standard.judges)):
        raise NotAllowedError(
            "subject-not-judged",
            "The standard {standard} judges nothing of the kind of {subject}. Give the name (IRI) of the "
            "project or programme itself.",
            standard=standard.token,
            subject=about.subject,
        )


def _siblings(matter: Matter) -> Iterator[Case]:
    start = matter.start
    about = start.subject, start.scheme, start.body
    cases = matter.caseload.cases(matter.desk.today())
    return (one for one in cases if (one.subject, one.scheme, one.body) == about)


def _check_first(matter: Matter) -> None:
    """One application at a time, and one label at a time."""
    others = tuple(_siblings(matter))
    for other in others:
        if other.state in OPEN:
            raise NotAllowedError(
                "case-open-already",
                "An application of {subject} for this label is under way at this body: case {case}. Go on "
                "with that one, or withdraw it.",
                subject=other.subject,
                case=other.number,
            )
    held = {other.iri: other for other in others if _holds(other)}
    if held and matter.start.renews not in held:
        *_, last = held.values()
        raise NotAllowedError(
            "label-held",
            "{subject} has this label already: case {case}. To renew it or to ask for another level, say "
            "that the new case renews that one.",
            subject=last.subject,
            case=last.number,
        )


def _check_renewal(matter: Matter) -> None:
    if not matter.start.renews:
        return
    former = next((one for one in _siblings(matter) if one.iri == matter.start.renews), None)
    if former is None or not (_holds(former) or former.state == EXPIRED):
        raise NotAllowedError(
            "nothing-to-renew",
            "The case {case} gave {subject} no label that can be renewed under this scheme by this body. "
            "Leave it out to apply for a first label.",
            case=matter.start.renews.rpartition("/")[2],
            subject=matter.start.subject,
        )


def _holds(case: Case) -> bool:
    return case.state in load_way().in_force or case.state == "suspended"

"""Who may see a case: those whose case it is, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from registry.account.actor import Role
from registry.errors import NotFoundError

if TYPE_CHECKING:
    from datetime import date

    from registry.account.actor import Actor
    from registry.certification.desk import Desk
    from registry.certification.life.case import Case

__all__ = ["is_applicant", "is_body", "may_see", "seen_case", "seen_cases", "unseen"]

APPLICANTS: Final = (Role.OWNER, Role.PUBLISHER)
BODIES: Final = (Role.ASSESSOR, Role.DECIDER)


def is_applicant(actor: Actor, case: Case) -> bool:
    """Tell whether somebody speaks for the organisation that applies, or for the source that describes it."""
    return not actor.organisations(*APPLICANTS).isdisjoint(
        {case.organisation, case.opening.get("source", "")} - {""}
    )


def is_body(actor: Actor, case: Case) -> bool:
    """Tell whether somebody assesses or decides for the body of a case."""
    return bool(case.body) and case.body in actor.organisations(*BODIES)


def may_see(actor: Actor, case: Case) -> bool:
    """Tell whether somebody is a party to a case and came in by a way that lets them read.

    Operators are none: who runs the registry has no part in what is decided on anybody's quality.
    """
    return actor.reads and (is_applicant(actor, case) or is_body(actor, case))


def seen_cases(desk: Desk, actor: Actor, day: date | None = None) -> list[Case]:
    """List the cases that somebody may see, as they stood on a day; the newest first."""
    cases = desk.caseload().cases(day or desk.today())
    return [case for case in cases if may_see(actor, case)][::-1]


def seen_case(desk: Desk, actor: Actor, named: str, day: date | None = None) -> Case:
    """Give a case that somebody may see, by its number or name, as it stood on a day.

    Raises:
        NotFoundError: There is none, or it is none of theirs; nobody learns which of the two.
    """
    case = desk.case(named, day)
    if not may_see(actor, case):
        raise unseen(named)
    return case


def unseen(named: str) -> NotFoundError:
    """Say that there is no such case for whoever asks."""
    return NotFoundError(
        "case-unknown",
        "There is no case {case} here that you can see. Check its number, and whether you are signed in "
        "with the right account.",
        case=named,
    )

"""What a scheme asks for before a decision: a complete audit (L2), and a level that is reached (L3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from registry.certification.details import ConditionAsked, Grant
from registry.certification.proof.judgement import falls_short, standing
from registry.errors import NotAllowedError, NotFoundError

if TYPE_CHECKING:
    from registry.certification.guard.matter import Matter
    from registry.certification.life.case import Case
    from registry.certification.proof.judgement import Shortfall
    from registry.scheme.scheme import Level

__all__ = ["check_audit", "check_level", "conditions_asked", "level_asked"]

SHOWN: Final = 12


def check_audit(matter: Matter) -> None:
    """Refuse a recommendation before enough sessions were held and enough people heard (L2).

    All audits of the case count together; a scheme that asks for none has zeros.
    """
    if matter.order.act != "recommend" or matter.case is None:
        return
    scheme, audits = matter.scheme, matter.case.all("audit")
    held = (
        sum(len(one.details["sessions"]) for one in audits),
        sum(one.details["mentors"] for one in audits),
        sum(one.details["mentees"] for one in audits),
    )
    wanted = scheme.sessions, scheme.mentors, scheme.mentees
    if any(has < needs for has, needs in zip(held, wanted, strict=True)):
        raise NotAllowedError(
            "audit-incomplete",
            "The scheme asks for an audit with at least {sessions} sessions, {mentors} mentors and "
            "{mentees} mentees before a recommendation. So far there were {sessions_held}, {mentors_heard} "
            "and {mentees_heard}. Note the rest as an audit first.",
            sessions=wanted[0],
            mentors=wanted[1],
            mentees=wanted[2],
            sessions_held=held[0],
            mentors_heard=held[1],
            mentees_heard=held[2],
        )


def check_level(matter: Matter) -> None:
    """Refuse a label at a level that is not reached, unless conditions cover what is open (L3)."""
    if matter.order.act != "grant" or matter.case is None:
        return
    level, conditions = level_asked(matter, matter.case), conditions_asked(matter, matter.case)
    if conditions and not matter.scheme.conditions:
        raise NotAllowedError(
            "conditions-none",
            "The label scheme {scheme} knows no conditions. Grant the label without them, or refuse it.",
            scheme=matter.scheme.iri,
        )
    covered = {use for one in conditions for use in one.uses}
    short = falls_short(standing(matter.desk, matter.case), level, covered)
    if short:
        raise _missing(matter.case, level, short)


def level_asked(matter: Matter, case: Case) -> Level:
    """Find the level that is to be granted: the one that is said, or the recommended one.

    Raises:
        NotFoundError: The scheme has no such level, or nobody said which.
    """
    recommended = case.last("recommend")
    said = matter.told.level if isinstance(matter.told, Grant) else ""
    named = said or (recommended.details["level"] if recommended else "")
    level = matter.scheme.level(named)
    if level is None:
        raise NotFoundError(
            "level-unsaid",
            "The level {level} is none of the scheme {scheme}. Say at which of its levels the label is to be "
            "granted: {choices}.",
            level=named or "—",
            scheme=matter.scheme.iri,
            choices=", ".join(one.iri for one in matter.scheme.levels),
        )
    return level


def conditions_asked(matter: Matter, case: Case) -> tuple[ConditionAsked, ...]:
    """Find the conditions: those that are said with the grant, or else the recommended ones."""
    if isinstance(matter.told, Grant) and "conditions" in matter.order.details:
        return matter.told.conditions
    recommended = case.last("recommend")
    told = recommended.details.get("conditions", ()) if recommended else ()
    return tuple(ConditionAsked.model_validate(one) for one in told)


def _missing(case: Case, level: Level, short: Shortfall) -> NotAllowedError:
    open_uses = [str(one.use.iri).rpartition("#")[2] for one in short.basic]
    insisted = [one.rpartition("#")[2] for one in short.mandatory]
    named = [*open_uses, *insisted]
    return NotAllowedError(
        "level-not-reached",
        "In the case {case} the level {level} is not reached. Open are: {open}. Of the additional criteria "
        "{additional} are met, and {wanted} must be. Judge what is open, let it be mended, or grant another "
        "level.",
        case=case.number,
        level=level.iri,
        open=", ".join(named[:SHOWN]) + (", …" if len(named) > SHOWN else "") or "—",
        additional=short.additional,
        wanted=short.wanted,
    )

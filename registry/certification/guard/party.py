"""Who may act: in a role for the right organisation, with two pairs of eyes, never in one's own matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from registry.account.actor import Role
from registry.certification.life.way import load_way
from registry.errors import NotAllowedError

if TYPE_CHECKING:
    from registry.certification.guard.matter import Matter

__all__ = ["check_body", "check_eyes", "check_interest", "check_role", "holds_role"]

APPLYING: Final = frozenset({Role.OWNER, Role.PUBLISHER})


def check_role(matter: Matter) -> None:
    """Refuse somebody who was not given the role that the act needs, or whose token does not lend it."""
    if not holds_role(matter):
        raise NotAllowedError(
            "role-missing",
            "The act '{act}' needs the role {role} for {organisation}. Ask somebody who has it, or the "
            "operator of the registry.",
            act=matter.order.act,
            role=" / ".join(sorted(matter.step.roles)),
            organisation=_organisation(matter),
        )


def holds_role(matter: Matter) -> bool:
    """Tell whether somebody may use one of the roles of the act where it counts."""
    return any(matter.actor.may(role, place) for role in matter.step.roles for place in _places(matter, role))


def check_eyes(matter: Matter) -> None:
    """Keep assessing and deciding apart: nobody does both in one case."""
    if matter.decides and _has_acted(matter, Role.ASSESSOR):
        raise NotAllowedError(
            "decider-has-assessed",
            "Whoever assessed in the case {case} does not decide on it. Leave the decision to somebody else "
            "of {body}.",
            case=_number(matter),
            body=matter.start.body,
        )
    if matter.assesses and _has_acted(matter, Role.DECIDER):
        raise NotAllowedError(
            "assessor-has-decided",
            "Whoever decided in the case {case} does not assess in it. Leave the assessment to somebody "
            "else of {body}.",
            case=_number(matter),
            body=matter.start.body,
        )


def check_interest(matter: Matter) -> None:
    """Refuse those who assess or decide on what is, or in this case was, their own."""
    if not (matter.decides or matter.assesses):
        return
    granted = matter.actor.grants | matter.caseload.grants.get(matter.actor.account, frozenset())
    own = matter.followed(one.organisation for one in granted if one.role in APPLYING)
    if not own.isdisjoint(matter.applicants) or _has_acted(matter, *APPLYING):
        raise NotAllowedError(
            "conflict-of-interest",
            "Whoever speaks for {organisation} neither assesses nor decides on it. Leave the case {case} to "
            "somebody else of {body}.",
            organisation=matter.start.organisation,
            case=_number(matter),
            body=matter.start.body,
        )


def check_body(matter: Matter) -> None:
    """Refuse a body that would judge an initiative of its own organisation."""
    if not matter.followed([matter.start.body]).isdisjoint(matter.applicants):
        raise NotAllowedError(
            "body-judges-itself",
            "{body} publishes {subject} itself, and no body decides on what is its own. Ask another body.",
            body=matter.start.body,
            subject=matter.start.subject,
        )


def _has_acted(matter: Matter, *roles: Role) -> bool:
    """Tell whether the actor has used one of these roles in this case."""
    steps = load_way().steps
    acts = matter.case.acts if matter.case else ()
    return any(act.actor == matter.actor.account and steps[act.name].roles & {*roles} for act in acts)


def _places(matter: Matter, role: Role) -> tuple[str, ...]:
    start = matter.start
    return (start.organisation, start.source) if role in APPLYING else (start.body,)


def _organisation(matter: Matter) -> str:
    return matter.start.organisation if matter.step.roles & APPLYING else matter.start.body


def _number(matter: Matter) -> str:
    return matter.case.number if matter.case else ""

"""Whose turn it is in a case: which acts lead on from where it stands, and who can do them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from registry.account.actor import Role
from registry.certification.guard import Matter
from registry.certification.guard.party import check_eyes, holds_role
from registry.certification.life.way import load_way
from registry.certification.order import Order
from registry.errors import NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from registry.account.actor import Actor
    from registry.certification.desk import Desk
    from registry.certification.life.case import Case
    from registry.certification.life.caseload import Caseload
    from registry.scheme.scheme import Scheme

__all__ = ["asked_of", "coming", "in_order", "side_of"]

ON: Final = {
    "draft": ("self-assess",),
    "self-assessed": ("submit",),
    "applied": ("read-documents",),
    "documents-read": ("recommend",),
    "audited": ("recommend",),
    "recommended": ("grant", "refuse"),
}
"""The acts by which an application gets on; all others are choices that somebody may make."""
ORDER: Final = (
    *("self-assess", "add-evidence", "submit", "read-documents", "audit", "recommend", "grant", "refuse"),
    *("uphold", "overturn", "appeal", "meet-condition", "extend", "reinstate", "suspend", "revoke"),
    *("send-back", "remove-evidence", "withdraw"),
)
"""What leads on comes first, what leads back or ends a case last."""
APPLICANT: Final = frozenset({Role.OWNER, Role.PUBLISHER})


def coming(case: Case, scheme: Scheme | None) -> tuple[str, ...]:
    """Tell which acts a case waits for; none, if all is well as it is."""
    if case.appealed:
        return ("uphold", "overturn")
    if case.state == "documents-read" and scheme and scheme.audited:
        return ("audit",)
    label = case.label
    if case.in_force and label and any(one.met is None for one in label.conditions):
        return ("meet-condition",)
    return ON.get(case.state, ())


def in_order(acts: Iterable[str]) -> list[str]:
    """Put acts in the order in which people look for them.

    >>> in_order(["withdraw", "submit", "add-evidence"])
    ['add-evidence', 'submit', 'withdraw']
    """
    return sorted(acts, key=ORDER.index)


def side_of(case: Case, act: str) -> tuple[tuple[Role, str], ...]:
    """Tell who can do an act: roles, each with the organisation for which it counts."""
    roles = sorted(load_way().steps[act].roles)
    return tuple((role, case.organisation if role in APPLICANT else case.body) for role in roles)


def asked_of(desk: Desk, caseload: Caseload, actor: Actor, case: Case) -> str:
    """Tell which act a case waits for from somebody, by their role; empty, if from others.

    Of the other rules only that of two pairs of eyes is asked here, so that a list of a thousand cases takes
    no longer than a page may; the page of the case asks them all.
    """
    matters = (
        Matter(desk, caseload, actor, Order(act, case.day), case, None)
        for act in coming(case, caseload.scheme(case))
    )
    return next((one.order.act for one in matters if _is_theirs(one)), "")


def _is_theirs(matter: Matter) -> bool:
    try:
        check_eyes(matter)
    except NotAllowedError:
        return False
    return holds_role(matter)

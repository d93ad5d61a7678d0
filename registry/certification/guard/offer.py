"""What somebody could do next in a case, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.certification.details import Grant
from registry.certification.guard.matter import Matter
from registry.certification.guard.party import holds_role
from registry.certification.guard.rule import LASTING
from registry.certification.life.way import load_way
from registry.certification.order import Order
from registry.errors import KoepelError

if TYPE_CHECKING:
    from registry.account.actor import Actor
    from registry.certification.desk import Desk
    from registry.certification.life.case import Case

__all__ = ["Offer", "offers"]


@dataclass(frozen=True)
class Offer:
    """An act that the state of a case allows to somebody by their role."""

    act: str
    refused: KoepelError | None = None
    """What forbids it nevertheless."""


def offers(desk: Desk, actor: Actor, case: Case) -> tuple[Offer, ...]:
    """List the acts that the state allows to somebody by their role, each with what forbids it.

    What has yet to be said with an act is not looked at; for a grant, what was recommended is.
    """
    steps = load_way().open_from(case.state)
    matters = (_matter(desk, actor, case, step.name) for step in steps if step.roles)
    return tuple(
        Offer(one.order.act, _refusal(one)) for one in matters if holds_role(one) and not _is_idle(one)
    )


def _matter(desk: Desk, actor: Actor, case: Case, act: str) -> Matter:
    told = Grant.model_construct() if act == "grant" else None
    return Matter(desk, desk.caseload(), actor, Order(act, case.day), case, told)


def _is_idle(matter: Matter) -> bool:
    """Tell what nobody waits for: to note that a condition was met, where none was ever asked."""
    label = matter.case.label if matter.case else None
    return matter.order.act == "meet-condition" and not (label and label.conditions)


def _refusal(matter: Matter) -> KoepelError | None:
    try:
        for rule in LASTING:
            rule(matter)
    except KoepelError as error:
        return error
    return None

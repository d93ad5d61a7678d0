"""All rules in the order in which they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from registry.certification.guard.appeal import check_appeal
from registry.certification.guard.decision import (
    check_condition,
    check_described,
    check_extension,
    check_lone,
    check_term,
)
from registry.certification.guard.demand import check_audit, check_level
from registry.certification.guard.mandate import check_mandate
from registry.certification.guard.matter import Matter
from registry.certification.guard.opening import check_opening
from registry.certification.guard.party import check_body, check_eyes, check_interest, check_role
from registry.certification.guard.said import (
    check_evidence,
    check_personal,
    check_reason,
    check_signs,
    check_uses,
)
from registry.certification.guard.timing import check_days, check_state
from registry.errors import KoepelError

if TYPE_CHECKING:
    from collections.abc import Callable

    from registry.account.actor import Actor
    from registry.certification.desk import Desk
    from registry.certification.life.case import Case
    from registry.certification.life.caseload import Caseload
    from registry.certification.order import Order

__all__ = ["LASTING", "RULES", "check", "refusal"]

LASTING: Final[tuple[Callable[[Matter], None], ...]] = (
    check_days,
    check_state,
    check_role,
    check_eyes,
    check_interest,
    check_body,
    check_mandate,
    check_appeal,
    check_opening,
    check_audit,
    check_described,
    check_level,
    check_condition,
)
"""The rules that can be asked before anything is said."""
RULES: Final = (
    *LASTING,
    check_reason,
    check_personal,
    check_signs,
    check_uses,
    check_evidence,
    check_extension,
    check_term,
    check_lone,
)
"""All rules."""


def check(matter: Matter) -> None:
    """Ask every rule; the first that is broken says so.

    Raises:
        KoepelError: What is asked for may not be, with a code for each reason.
    """
    for rule in RULES:
        rule(matter)


def refusal(
    desk: Desk, caseload: Caseload, actor: Actor, case: Case | None, order: Order
) -> KoepelError | None:
    """Tell why something may not be done; None when it may."""
    try:
        check(Matter.of(desk, caseload, actor, order, case))
    except KoepelError as error:
        return error
    return None

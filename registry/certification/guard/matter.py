"""What a rule looks at: who wants to do what, on which day, and in which case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import ValidationError

from registry.account.actor import Role
from registry.certification.details import DETAILS, Details
from registry.certification.guard.opening import Start, begin
from registry.certification.life.way import NONE, load_way
from registry.errors import InvalidDataError
from registry.organisation import organisations, successor_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from registry.account.actor import Actor
    from registry.certification.desk import Desk
    from registry.certification.life.case import Case
    from registry.certification.life.caseload import Caseload
    from registry.certification.life.way import Step
    from registry.certification.order import Order
    from registry.scheme.scheme import Scheme

__all__ = ["Matter"]


@dataclass(frozen=True)
class Matter:
    """An order, with all that is known of the case."""

    desk: Desk
    caseload: Caseload
    actor: Actor
    order: Order
    case: Case | None
    """The case on the day of the order; None for one that is to be opened."""
    told: Details | None
    """What belongs to the act, read and checked; None while it is yet to be said."""

    @classmethod
    def of(cls, desk: Desk, caseload: Caseload, actor: Actor, order: Order, case: Case | None) -> Matter:
        """Put together what is asked for.

        Raises:
            InvalidDataError: There is no such act, or what belongs to it is not in order.
        """
        return cls(desk, caseload, actor, order, case, _read(order))

    @property
    def on(self) -> date:
        """The day of the order."""
        return self.order.on

    @property
    def state(self) -> str:
        """Where the case stands on that day."""
        return self.case.state if self.case else NONE

    @property
    def step(self) -> Step:
        """What the way says of the act."""
        return load_way().steps[self.order.act]

    @property
    def decides(self) -> bool:
        """Whether it is a decision of the body."""
        return Role.DECIDER in self.step.roles

    @property
    def assesses(self) -> bool:
        """Whether it is part of an assessment."""
        return Role.ASSESSOR in self.step.roles

    @cached_property
    def start(self) -> Start:
        """What the case is about; for one that is to be opened, what it would be about."""
        if self.case:
            return Start.of(self.case)
        return begin(self)

    @cached_property
    def scheme(self) -> Scheme:
        """The rules that count in this case."""
        return self.caseload.scheme(self.case) if self.case else self.caseload.schemes[self.start.scheme]

    @cached_property
    def applicants(self) -> frozenset[str]:
        """All on the side that applies: the organisations that publish the initiative, and its source."""
        start = self.start
        return self.followed((start.organisation, *start.publishers, start.source))

    def followed(self, iris: Iterable[str]) -> frozenset[str]:
        """Name things with those in which they went on after a merger."""
        known = organisations(self.desk.home.ledger.organisations())
        return frozenset(name for iri in iris if iri for name in (iri, successor_of(iri, known)))


def _read(order: Order) -> Details:
    step = load_way().steps.get(order.act)
    if step is None or not step.roles:  # the registry does the others by itself
        raise InvalidDataError(
            "act-unknown",
            "There is no act '{act}' that anybody does in a case. Choose from: {choices}.",
            act=order.act,
            choices=", ".join(name for name, one in load_way().steps.items() if one.roles),
        )
    try:
        return DETAILS.get(order.act, Details).model_validate(order.details, strict=False)
    except ValidationError as error:
        wrong = error.errors()[0]
        raise InvalidDataError(
            "details-wrong",
            "What is said with the act '{act}' is not in order at {place}: {reason}. Correct it and try "
            "again.",
            act=order.act,
            place=".".join(map(str, wrong["loc"])) or "details",
            reason=wrong["msg"],
        ) from error

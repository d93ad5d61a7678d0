"""What became of a label since it was granted: decisions and their reasons, which are public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import strawberry
from strawberry import Private

from registry.certification.life.act import Act
from registry.certification.life.case import Case
from registry.certification.life.way import EXPIRED, load_way
from registry.certification.statement import public_decisions
from registry.graphql_api.field import field
from registry.graphql_api.session import Frame
from registry.graphql_api.thing import code
from registry.vocabulary import CODE

__all__ = ["LabelStep", "history"]

A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class _Step:
    since: date
    state: str
    act: Act | None
    ends: date | None
    """The last day if nothing else happens."""


@strawberry.type(description="Where a label stood for a time, and the decision that led there.")
class LabelStep:
    """A step in the life of a label."""

    frame: Private[Frame]
    step: Private[_Step]
    until: date | None = strawberry.field(
        description="The last day on which it stood so, as far as is known; null if there is no end."
    )

    @field
    def since(self) -> date:
        """The first day on which it stood so."""
        return self.step.since

    @field
    def state(self) -> code.Code:
        """Where it stood, such as awarded, suspended or expired."""
        return code.Code(frame=self.frame, named=CODE[f"label-state/{self.step.state}"])

    @field
    def act(self) -> code.Code | None:
        """What was done; null where a label ended by its date alone."""
        act = self.step.act
        return code.Code(frame=self.frame, named=CODE[f"case-act/{act.name}"]) if act else None

    @field
    def reason(self) -> str | None:
        """Why, in the words of the body; null if that was not said."""
        return (self.step.act.reason or None) if self.step.act else None

    @field
    def on(self) -> date | None:
        """The day of the act."""
        return self.step.act.on if self.step.act else None

    @field
    def recorded_at(self) -> datetime | None:
        """When it was written down here, which may be later."""
        return self.step.act.time if self.step.act else None


def history(frame: Frame, case: Case) -> list[LabelStep]:
    """Give to a client what became of a label, the oldest first."""
    steps = list(_steps(case))
    following = [*(one.since for one in steps[1:]), None]
    return [
        LabelStep(frame=frame, step=step, until=_until(step, after))
        for step, after in zip(steps, following, strict=True)
    ]


def _until(step: _Step, after: date | None) -> date | None:
    return step.ends if after is None else max(step.since, after - A_DAY)


def _steps(case: Case) -> Iterator[_Step]:
    """Go through the public acts from the grant on, and the ends by date between them."""
    told = [step for act in public_decisions(case) if (step := _step(case, act))]
    days = [*(one.since - A_DAY for one in told[1:]), case.day]
    for step, last in zip(told, days, strict=True):
        yield step
        if step.ends is not None and step.ends < last:
            yield _Step(step.ends + A_DAY, EXPIRED, None, None)


def _step(case: Case, act: Act) -> _Step | None:
    """Tell where a case stood right after a decision; more may have been done on the same day."""
    then = Case(case.iri, case.acts[: case.acts.index(act) + 1], act.on)
    if then.label is None:
        return None
    since = then.label.valid_from if act.name == "grant" else act.on
    holds = then.state in load_way().in_force or then.state == "suspended"
    return _Step(since, then.state, act, then.label.expires if holds else None)

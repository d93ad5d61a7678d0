"""Where a case stands, use by use of a criterion: three different things, which are never mixed up."""

from __future__ import annotations

from datetime import date

import strawberry
from strawberry import Private

from registry.certification.life.case import Case
from registry.certification.proof.judgement import Standing, standing
from registry.graphql_api.certification.act.given import Finding
from registry.graphql_api.certification.assessed import TRUST, UseOfCriterion, coded
from registry.graphql_api.certification.party.entry import Entry
from registry.graphql_api.field import field
from registry.graphql_api.quality.outcome import Outcome, outcome
from registry.graphql_api.thing import code

__all__ = ["CriterionStanding", "standings"]


@strawberry.type(
    description="Where a case stands with one use of a criterion: what the project claims, what a document "
    "shows, and what an assessor confirmed."
)
class CriterionStanding(UseOfCriterion):
    """A row of a case."""

    held: Private[Standing]

    @field
    def claimed(self) -> bool:
        """Whether the project says that it is met, in its own assessment or in its description."""
        return self.held.claimed

    @field
    def claim(self) -> Finding | None:
        """What the project said in its own assessment; null if it said nothing."""
        return Finding(self.held.answer) if self.held.answer else None

    @field
    def evidenced(self) -> bool:
        """Whether a document shows it: one in the case, or one that the description gives."""
        return self.held.evidenced

    @field
    def evidence(self) -> list[str]:
        """The numbers of the documents that speak for it and are not out of date."""
        return list(self.held.evidence)

    @field
    def confirmed(self) -> bool:
        """Whether an assessor found it met."""
        return self.held.confirmed

    @field
    def judged(self) -> Outcome | None:
        """What an assessor found last; null if nobody has looked."""
        return outcome(self.held.judged)

    @field
    def seen(self) -> list[str]:
        """The numbers of the documents that the assessor looked at."""
        return list(self.held.seen)

    @field
    def machine(self) -> Outcome | None:
        """What a machine finds in the published description; null where there is none."""
        return outcome(self.held.machine)

    @field
    def machine_on(self) -> date:
        """The day as of which the machine looked."""
        return self.held.day

    @field
    def outcome(self) -> Outcome:
        """What counts."""
        return Outcome(str(self.held.outcome))

    @field
    def decided_by(self) -> code.Code:
        """Whether a machine, a document or a person decides."""
        return code.Code(frame=self.frame, named=self.held.use.mode)

    @field
    def trust(self) -> code.Code | None:
        """How well what counts is founded."""
        return coded(self.frame, TRUST, self.held.trust)


def standings(entry: Entry, case: Case) -> list[CriterionStanding]:
    """Give to a client where a case stands, in the order of the standard."""
    return [
        CriterionStanding(
            frame=entry.frame, named=str(one.use.iri), place=(one.requirement, one.use), held=one
        )
        for one in standing(entry.desk, case)
    ]

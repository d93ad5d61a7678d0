"""What is due: labels that end, conditions, evidence that ages, appeals, mandates, new versions."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Final

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.certification.outlook.calendar import Due as HeldDue
from registry.certification.outlook.calendar import dues as found
from registry.graphql_api.certification import scheme
from registry.graphql_api.certification.party.entry import Entry
from registry.graphql_api.field import field
from registry.graphql_api.kinds import anything
from registry.graphql_api.thing.node import Thing

__all__ = ["Due", "DueKind", "dues"]

MOST_MONTHS: Final = 1_200
"""Nobody looks further ahead."""


@strawberry.enum(description="What is due.")
class DueKind(Enum):
    """What is due."""

    LABEL = strawberry.enum_value("label", description="The last day of a label.")
    RENEWAL = strawberry.enum_value("renewal", description="From this day on it is time to renew a label.")
    CONDITION = strawberry.enum_value("condition", description="Something must be mended by this day.")
    EVIDENCE = strawberry.enum_value(
        "evidence", description="After this day a document is too old to count as evidence."
    )
    APPEAL = strawberry.enum_value("appeal", description="The last day for an appeal against a decision.")
    STANDARD = strawberry.enum_value(
        "standard", description="From this day on a new version of the standard counts."
    )
    AUTHORITY = strawberry.enum_value(
        "authority", description="The last day on which a body may decide under a scheme."
    )


@strawberry.type(description="One thing that is due on a day.")
class Due:
    """A date in a calendar."""

    entry: Private[Entry]
    held: Private[HeldDue]

    @field
    def kind(self) -> DueKind:
        """What is due."""
        return DueKind(str(self.held.kind))

    @field
    def day(self) -> date:
        """The day."""
        return self.held.day

    @field
    def overdue(self) -> bool:
        """Whether that day has passed."""
        return self.held.is_over(self.entry.desk.today())

    @field
    def body(self) -> Thing:
        """The certifying body that it concerns."""
        return anything(self.entry.frame, URIRef(self.held.body))

    @field
    def scheme(self) -> scheme.Scheme | None:
        """The label scheme that it concerns."""
        return scheme.found(self.entry.frame, self.held.scheme)

    @field
    def case(self) -> str | None:
        """The IRI of the case; null where it is about the body itself."""
        return self.held.case or None

    @field
    def subject(self) -> Thing | None:
        """The initiative; null where it is about the body itself."""
        return anything(self.entry.frame, URIRef(self.held.subject)) if self.held.subject else None

    @field
    def about(self) -> str | None:
        """Months before the end, the number of a condition or of a document, or a version."""
        return self.held.about or None

    @field
    def text(self) -> str | None:
        """What a condition says."""
        return self.held.text or None


def dues(entry: Entry, months: int | None) -> list[Due]:
    """Give to a client what is due for the one who asks, the earliest first."""
    day = entry.desk.today()
    ahead = None if months is None else min(max(months, 0), MOST_MONTHS)
    told = found(entry.caseload, day, ahead, actor=entry.actor, library=entry.desk.rulebook)
    return [Due(entry=entry, held=one) for one in told]

"""What lies in a case: documents, visits, a recommendation and conditions, for its parties alone."""

from __future__ import annotations

import base64
from datetime import date
from typing import Final

import strawberry
from strawberry import Private

from registry.certification.life.act import Act
from registry.certification.life.case import Case
from registry.certification.life.case import Condition as HeldCondition
from registry.certification.proof.evidence import Exhibit, exhibits, read_evidence
from registry.graphql_api.certification import scheme
from registry.graphql_api.certification.label import LabelCondition
from registry.graphql_api.certification.party.entry import Entry
from registry.graphql_api.certification.scheme import Level
from registry.graphql_api.field import costly, field, listed

__all__ = [
    "Audit",
    "CaseCondition",
    "ConditionAsked",
    "Evidence",
    "Recommendation",
    "audits",
    "conditions",
    "evidence",
    "recommendation",
]

READING: Final = 200
"""What it costs to read the bytes of a file."""


@strawberry.type(description="A document of a case: a link, or a file that stays within the case.")
class Evidence:
    """A document."""

    entry: Private[Entry]
    case: Private[Case]
    held: Private[Exhibit]

    @field
    def number(self) -> str:
        """Its number within the case."""
        return self.held.number

    @field
    def title(self) -> str:
        """What it is called."""
        return self.held.title

    @field
    def address(self) -> str | None:
        """For a link: where it is."""
        return self.held.address or None

    @field
    def media_type(self) -> str | None:
        """Such as application/pdf, if that is known."""
        return self.held.media_type or None

    @field
    def dated(self) -> date:
        """The day of the document."""
        return self.held.dated

    @field
    def added(self) -> date:
        """The day on which it came into the case."""
        return self.held.added

    @field
    def digest(self) -> str | None:
        """The SHA-256 of its bytes, in hexadecimal figures; of a link only where it was given."""
        return self.held.digest or None

    @field
    def confidential(self) -> bool:
        """Whether only the parties of the case may know of it."""
        return not self.held.public

    @field
    def supports(self) -> list[str]:
        """The IRIs of the uses of criteria that it speaks for."""
        return list(self.held.supports)

    @field
    def outdated(self) -> bool:
        """Whether it is older than the scheme lets evidence be."""
        return self.held.is_old(self.case.day, self.entry.rules(self.case).evidence_months)

    @costly(READING)
    def content(self) -> str | None:
        """For a file: its bytes, in Base64; null for a link."""
        if not self.held.file:
            return None
        file = read_evidence(self.entry.desk, self.entry.actor, self.case, self.held.number)
        return base64.b64encode(file.data).decode("ascii")


@strawberry.type(description="A visit: when, and how many were heard; who they were is written nowhere.")
class Audit:
    """An audit."""

    on: date = strawberry.field(description="The day on which it was entered in the case.")
    sessions: list[date] = strawberry.field(description="The days of the sessions.")
    mentors: int = strawberry.field(description="How many mentors were heard.")
    mentees: int = strawberry.field(description="How many mentees were heard.")


@strawberry.type(description="Something that those who assessed want mended by a day.")
class ConditionAsked:
    """A condition that is asked for."""

    text: str = strawberry.field(description="What is to be mended.")
    due: date = strawberry.field(description="The day by which it must be mended.")
    uses: list[str] = strawberry.field(description="The uses of criteria that are open until then.")


@strawberry.type(description="What those who assessed recommend to those who decide.")
class Recommendation:
    """A recommendation."""

    entry: Private[Entry]
    case: Private[Case]
    held: Private[Act]

    @field
    def on(self) -> date:
        """The day."""
        return self.held.on

    @field
    def level(self) -> Level | None:
        """The level; null where a refusal is recommended."""
        named = str(self.held.details.get("level", ""))
        return scheme.level(self.entry.frame, self.entry.rules(self.case), named) if named else None

    @field
    def reason(self) -> str | None:
        """Why, if that was said."""
        return self.held.reason or None

    @listed(1)
    def conditions(self) -> list[ConditionAsked]:
        """What is to be mended while the label is in force."""
        return [
            ConditionAsked(
                text=one["text"], due=date.fromisoformat(one["due"]), uses=list(one.get("uses", ()))
            )
            for one in self.held.details.get("conditions", ())
        ]


@strawberry.type(description="Something that must be mended by a day, as the parties know it.")
class CaseCondition(LabelCondition):
    """A condition, as the parties know it."""

    text: str = strawberry.field(description="What is to be mended.")

    @classmethod
    def of(cls, held: HeldCondition) -> CaseCondition:
        """Give a condition to a party."""
        return cls(number=held.number, due=held.due, met=held.met, text=held.text)


def evidence(entry: Entry, case: Case) -> list[Evidence]:
    """Give the documents of a case to one of its parties."""
    return [Evidence(entry=entry, case=case, held=one) for one in exhibits(case)]


def audits(case: Case) -> list[Audit]:
    """Give the visits to one of the parties."""
    return [
        Audit(
            on=act.on,
            sessions=[date.fromisoformat(day) for day in act.details["sessions"]],
            mentors=act.details["mentors"],
            mentees=act.details["mentees"],
        )
        for act in case.all("audit")
    ]


def recommendation(entry: Entry, case: Case) -> Recommendation | None:
    """Give the last recommendation to one of the parties."""
    held = case.last("recommend")
    return Recommendation(entry=entry, case=case, held=held) if held else None


def conditions(case: Case) -> list[CaseCondition]:
    """Give the conditions of a label to one of the parties."""
    return [CaseCondition.of(one) for one in (case.label.conditions if case.label else ())]

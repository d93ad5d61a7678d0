"""Labels that a certifying body has granted here."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated, Final

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.certification.life.act import Act
from registry.certification.life.case import Case, Condition
from registry.certification.life.case import Label as HeldLabel
from registry.graphql_api.certification import scheme
from registry.graphql_api.certification.assessed import AssessedUse, assessed
from registry.graphql_api.certification.basis import LabelAudit, LabelEvidence, heard, shown_evidence
from registry.graphql_api.certification.casebook import casebook
from registry.graphql_api.certification.history import LabelStep, history
from registry.graphql_api.certification.live import LiveCheck, watched
from registry.graphql_api.certification.scheme import Day, Level, Scheme
from registry.graphql_api.field import costly, field, listed
from registry.graphql_api.kinds import anything
from registry.graphql_api.quality import standard
from registry.graphql_api.session import Frame
from registry.graphql_api.text import LocalText, Spoken
from registry.graphql_api.thing import code
from registry.graphql_api.thing.node import Thing, iri_of
from registry.scheme.scheme import Scheme as HeldScheme
from registry.vocabulary import CODE

__all__ = ["ConfirmedLabel", "LabelCondition", "confirmed", "confirmed_labels", "found", "shown"]


@strawberry.type(description="Something that must be mended by a day while the label is in force.")
class LabelCondition:
    """A condition, as everybody may know of it."""

    number: int = strawberry.field(description="Its number within the decision.")
    due: date = strawberry.field(description="The day by which it must be mended.")
    met: date | None = strawberry.field(description="When it was found mended; null if not yet.")

    @classmethod
    def of(cls, held: Condition) -> LabelCondition:
        """Give a condition to a client."""
        return cls(number=held.number, due=held.due, met=held.met)


@strawberry.enum(description="The form of a badge.")
class BadgeForm(Enum):
    """The form of a badge."""

    SVG = strawberry.enum_value("svg", description="Lines, for any size.")
    PNG = strawberry.enum_value("png", description="Dots, for programs that draw no lines.")


FORM: Final = strawberry.argument(description="The form of the picture.")


@strawberry.federation.type(
    keys=["iri"],
    description="A quality label that a certifying body has granted here, as it stands on a day. What a "
    "document alone tells of is a Label.",
)
class ConfirmedLabel(Thing):
    """A label that was granted."""

    case: Private[Case]
    held: Private[HeldLabel]
    acts: Private[tuple[Act, ...]]
    """All acts that are known, also those after the day."""

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> ConfirmedLabel | None:
        """Find a label by its IRI."""
        return found(frame, str(iri), None)

    @field
    def title(self, language: Spoken = None) -> LocalText:
        """What it is called: by its scheme and its level."""
        name, level = scheme.scheme(self.frame, self._rules).title(language), self.level().title(language)
        return LocalText(value=f"{name.value}: {level.value}", language=name.language)

    @field
    def number(self) -> str:
        """The last part of its IRI."""
        return self.case.number

    @field
    def on(self) -> date:
        """The day as of which everything here is told."""
        return self.case.day

    @field
    def subject(self) -> Thing:
        """The initiative that has it."""
        return anything(self.frame, URIRef(self.held.subject))

    @field
    def scheme(self) -> Scheme:
        """The scheme under which it was granted, in the text that counted."""
        return scheme.scheme(self.frame, self._rules)

    @field
    def level(self) -> Level:
        """The level at which it was granted."""
        return scheme.level(self.frame, self._rules, self.held.level)

    @field
    def standard(self) -> standard.Standard | None:
        """The standard by which it was assessed, if that is installed here."""
        held = self.frame.edition.rulebook.standards.get(self.held.standard)
        return standard.standard(self.frame, held) if held else None

    @field
    def version(self) -> str:
        """The version of the standard that counted."""
        return self.held.version

    @field
    def body(self) -> Thing:
        """The organisation that granted it."""
        return anything(self.frame, URIRef(self.held.body))

    @field
    def decided(self) -> date:
        """The day of the decision."""
        return self.held.decided

    @field
    def valid_from(self) -> date:
        """The first day on which it holds."""
        return self.held.valid_from

    @field
    def expires(self) -> date:
        """The last day on which it holds, as decided by then."""
        return self.held.expires

    @field
    def state(self, on: Day = None) -> code.Code | None:
        """Where it stands on a day, such as awarded, suspended or expired; null before it was granted."""
        case = self._on(on)
        return code.Code(frame=self.frame, named=CODE[f"label-state/{case.state}"]) if case else None

    @field
    def in_force(self, on: Day = None) -> bool:
        """Whether it holds on a day."""
        case = self._on(on)
        return case is not None and case.in_force

    @listed(4)
    def history(self) -> list[LabelStep]:
        """What became of it until that day, the oldest first."""
        return history(self.frame, self.case)

    @listed(20)
    def assessed(self) -> list[AssessedUse]:
        """What was checked, what was found and how; in the order of the standard."""
        return assessed(self.frame, self.held.standard, self.held.version, self.held.outcomes)

    @listed(1)
    def conditions(self) -> list[LabelCondition]:
        """What was to be mended while it is in force."""
        return [LabelCondition.of(one) for one in self.held.conditions]

    @costly(100)
    def live(self) -> LiveCheck | None:
        """Whether the description that is published on that day still says what the label rests on."""
        return watched(self.frame, self.case)

    @field
    def audit(self) -> LabelAudit | None:
        """How the project was visited; null if it was not."""
        return heard(self.case)

    @listed(1)
    def evidence(self) -> list[LabelEvidence]:
        """The documents behind it that are open to everybody."""
        return shown_evidence(self.case)

    @field
    def renews(self) -> str | None:
        """The IRI of the label that it followed; null for a first one."""
        return self.case.renews.replace("/case/", "/label/") or None

    @field
    def credential(self) -> str:
        """Where its credential is (W3C Verifiable Credentials 2.0), which anybody can verify."""
        return f"{self.held.iri}/credential.json"

    @field
    def open_badge(self) -> str:
        """Where the same is as an Open Badge (version 3.0)."""
        return f"{self.held.iri}/open-badge.json"

    @field
    def badge(self, form: Annotated[BadgeForm, FORM] = BadgeForm.SVG) -> str:
        """Where its badge is: a picture with the Open Badge inside."""
        return f"{self.held.iri}/badge.{form.value}"

    @field
    def document(self) -> str:
        """The address space under which the assessed description is registered."""
        return self.held.source

    @field
    def digest(self) -> str | None:
        """The SHA-256 of the assessed description, as canonical N-Quads; null where it was never here."""
        return self.held.digest or None

    @field
    def assessed_on(self) -> date:
        """The day as of which it was assessed."""
        return self.held.assessed

    @property
    def _rules(self) -> HeldScheme:
        return casebook(self.frame).caseload.scheme(self.case)

    def _on(self, day: date | None) -> Case | None:
        """Give the case on another day; before the grant it is nobody's but its parties'."""
        case = Case(self.case.iri, self.acts, day).on(day) if day else self.case
        return case if case and case.label else None


def found(frame: Frame, name: str, day: date | None) -> ConfirmedLabel | None:
    """Give a label to a client, by its IRI or its number, if it was granted by that day."""
    case = casebook(frame).label(name, day or frame.day)
    return confirmed(frame, case) if case else None


def confirmed(frame: Frame, case: Case) -> ConfirmedLabel | None:
    """Give the label that a case has led to, if it has."""
    return shown(frame, case, case.label) if case.label else None


def shown(frame: Frame, case: Case, held: HeldLabel) -> ConfirmedLabel:
    """Give a label to a client."""
    acts = casebook(frame).caseload.acts[case.iri]
    return ConfirmedLabel(frame=frame, named=iri_of(held.iri), case=case, held=held, acts=acts)


def confirmed_labels(frame: Frame, subject: str, day: date | None) -> list[ConfirmedLabel]:
    """Give to a client the labels that were granted to an initiative by a day, the oldest first."""
    cases = casebook(frame).labelled(day or frame.day, subject)
    return [one for case in cases if (one := confirmed(frame, case))]

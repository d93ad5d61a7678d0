"""What a document lacks, measured against standards, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import BoundedSemaphore
from typing import Final

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.check import Checked, check
from registry.errors import LimitError
from registry.formats import Format
from registry.graphql_api.field import field, listed
from registry.graphql_api.quality.outcome import Outcome, Severity
from registry.graphql_api.quality.standard import (
    Criterion,
    Requirement,
    Standard,
    StandardVersion,
    criterion,
    requirement,
    standard,
)
from registry.graphql_api.session import Frame
from registry.graphql_api.thing import code
from registry.ingest.canonical import digest, to_graph
from registry.ingest.document import Document
from registry.reading.account import read_lines
from registry.report.reader import tell
from registry.report.view import Advice, AskedView, ComingView, Gap, RequirementView, StandardView
from registry.validation.standard import Requirement as HeldRequirement
from registry.validation.standard import Standard as HeldStandard
from registry.vocabulary import CODE

__all__ = ["Finding", "Report", "StandardReport", "make"]

AT_ONCE: Final = BoundedSemaphore(2)
"""A check takes a good part of a second of a processor; others want to be answered too."""
PATIENCE: Final = 5.0


@strawberry.type(description="Where something is missing or wrong.")
class Spot:
    """A place in a description."""

    thing: str = strawberry.field(description="What the thing is called.")
    path: str = strawberry.field(description="What the property is called.")
    value: str = strawberry.field(description="The value that is there; empty if nothing is.")


@strawberry.type(description="One thing that is missing or wrong, and how to mend it.")
class Finding:
    """One thing to mend."""

    frame: Private[Frame]
    held: Private[HeldRequirement]
    advice: Private[Advice]
    gap: Private[Gap]

    @field
    def requirement(self) -> Requirement:
        """The requirement that it touches."""
        return requirement(self.frame, self.held)

    @field
    def criterion(self) -> Criterion:
        """The criterion that is not met."""
        uses = (use.criterion for use in self.held.uses)
        return criterion(self.frame, next(one for one in uses if one.identifier == self.advice.criterion))

    @field
    def severity(self) -> Severity:
        """Whether it stands in the way."""
        return Severity(str(self.advice.severity))

    @field
    def outcome(self) -> Outcome:
        """What it means for the requirement."""
        return Outcome(str(self.gap.outcome))

    @field
    def message(self) -> str:
        """What is missing or wrong."""
        return self.gap.message

    @field
    def suggestion(self) -> str:
        """How to mend it."""
        return self.advice.suggestion

    @field
    def snippet(self) -> str:
        """Lines of Turtle to paste."""
        return self.advice.snippet

    @listed(2)
    def places(self) -> list[Spot]:
        """Every place where it is missing or wrong."""
        return [Spot(thing=one.thing, path=one.property, value=one.value) for one in self.gap.places]


@strawberry.type(description="A use of a criterion that an announced version adds or retires.")
class Announced:
    """One thing that changes."""

    requirement: Requirement = strawberry.field(description="The requirement that it touches.")
    criterion: Criterion = strawberry.field(description="The criterion.")
    level: code.Code = strawberry.field(description="At which level.")
    outcome: Outcome = strawberry.field(description="How the document stands with it today.")


@strawberry.type(
    description="How a document would stand in a version that is announced; nothing of it counts yet."
)
class ComingReport:
    """What is announced."""

    frame: Private[Frame]
    held: Private[HeldStandard]
    view: Private[ComingView]

    @field
    def version(self) -> StandardVersion:
        """The version."""
        number = self.view.version
        held = next(one for one in self.held.versions if one.number == number)
        return StandardVersion(frame=self.frame, held=held)

    @field
    def conforms(self) -> bool:
        """Whether nothing basic would be missing if it counted today."""
        return self.view.conforms

    @listed(2)
    def added(self) -> list[Announced]:
        """What counts with this version and not before."""
        return [self._announced(one) for one in self.view.added]

    @listed(2)
    def retired(self) -> list[Announced]:
        """What no longer counts with this version."""
        return [self._announced(one) for one in self.view.retired]

    @listed(2)
    def findings(self) -> list[Finding]:
        """What is missing or wrong of that which it adds."""
        return list(_findings(self.frame, self.held, self.view.requirements))

    def _announced(self, asked: AskedView) -> Announced:
        held = _requirement(self.held, asked.requirement)
        used = next(use.criterion for use in held.uses if use.criterion.identifier == asked.criterion)
        return Announced(
            requirement=requirement(self.frame, held),
            criterion=criterion(self.frame, used),
            level=code.Code(frame=self.frame, named=CODE[f"requirement-level/{asked.level}"]),
            outcome=Outcome(str(asked.outcome)),
        )


@strawberry.type(description="A document measured against one standard.")
class StandardReport:
    """What one standard says of a document."""

    frame: Private[Frame]
    held: Private[HeldStandard]
    view: Private[StandardView]

    @field
    def standard(self) -> Standard:
        """The standard."""
        return standard(self.frame, self.held)

    @field
    def conforms(self) -> bool:
        """Whether nothing basic is missing."""
        return self.view.conforms

    @listed(10)
    def findings(self) -> list[Finding]:
        """What is missing or wrong, in the order of the requirements."""
        return list(_findings(self.frame, self.held, self.view.requirements))

    @listed(1)
    def coming(self) -> list[ComingReport]:
        """The versions that are announced, and how the document would stand in them."""
        return [ComingReport(frame=self.frame, held=self.held, view=one) for one in self.view.coming]


def _findings(frame: Frame, held: HeldStandard, views: Sequence[RequirementView]) -> Iterator[Finding]:
    for view in views:
        home = _requirement(held, view.identifier)
        for advice in view.advice:
            for gap in advice.gaps:
                yield Finding(frame=frame, held=home, advice=advice, gap=gap)


def _requirement(held: HeldStandard, identifier: str) -> HeldRequirement:
    return next(one for one in held.requirements if one.identifier == identifier)


@strawberry.type(description="What a document lacks, and how to mend it, in the language of the reader.")
class Report:
    """The result of a check."""

    on: str = strawberry.field(description="The day as of which it was checked.")
    language: str = strawberry.field(description="The language of its sentences.")
    conforms: bool = strawberry.field(description="Whether it lacks nothing basic.")
    standards: list[StandardReport] = strawberry.field(description="The standards one by one.")
    remarks: list[str] = strawberry.field(description="What else is to be said.")


def make(frame: Frame, source: URIRef, tokens: Sequence[str] | None, language: str) -> Report:
    """Check a document that the registry publishes, as of the day of the graph."""
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise LimitError(
            "busy", "Too many descriptions are being checked at this moment. Please try again in a minute."
        )
    try:
        checked = _check(frame, source, tokens)
    finally:
        AT_ONCE.release()
    view = tell(checked, language)
    return Report(
        on=view.on.isoformat(),
        language=view.language,
        conforms=view.conforms,
        standards=[
            StandardReport(
                frame=frame, held=frame.edition.rulebook.standard(one.token).visible(frame.day), view=one
            )
            for one in view.standards
        ],
        remarks=list(view.remarks),
    )


def _check(frame: Frame, source: URIRef, tokens: Sequence[str] | None) -> Checked:
    lines = read_lines(frame.edition.store, source)
    graph = to_graph(lines, blank_prefix="")
    document = Document(str(source), Format.N_TRIPLES, lines, lines, digest(lines), graph)
    return check(document, frame.edition.rulebook, tokens, frame.day)

"""Where all members of a certifying body stand, and what blocks most of them."""

from __future__ import annotations

from datetime import date
from typing import Final

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.account.actor import Role
from registry.certification.outlook.overview import Blocker as HeldBlocker
from registry.certification.outlook.overview import Cell as HeldCell
from registry.certification.outlook.overview import Member as HeldMember
from registry.certification.outlook.overview import Overview as Held
from registry.certification.outlook.overview import overview as look
from registry.errors import NotAllowedError
from registry.graphql_api.certification import label, scheme
from registry.graphql_api.certification.party.entry import Entry
from registry.graphql_api.field import field, listed, paged
from registry.graphql_api.kinds import anything
from registry.graphql_api.paging.connection import After, Before, Connection, First, Last, Listing, Range
from registry.graphql_api.quality.outcome import Outcome
from registry.graphql_api.quality.standard import Requirement, requirement
from registry.graphql_api.thing import code
from registry.graphql_api.thing.node import Thing
from registry.scheme.adoption import unknown
from registry.validation.standard import Requirement as HeldRequirement
from registry.vocabulary import CODE

__all__ = ["Blocker", "BodyMember", "MemberCell", "Overview", "overview"]

BODIES: Final = (Role.ASSESSOR, Role.DECIDER)


@strawberry.type(description="Where a member of a body stands in one requirement.")
class MemberCell:
    """A cell of an overview."""

    entry: Private[Entry]
    row: Private[HeldRequirement]
    held: Private[HeldCell]

    @field
    def requirement(self) -> Requirement:
        """The requirement."""
        return requirement(self.entry.frame, self.row)

    @field
    def basic(self) -> Outcome:
        """The outcome at the basic level."""
        return Outcome(str(self.held.basic))

    @field
    def additional(self) -> Outcome:
        """The outcome at the additional level."""
        return Outcome(str(self.held.additional))

    @field
    def basis(self) -> str:
        """What it rests on: machine, person, or the decision of the day."""
        return str(self.held.basis)


@strawberry.type(description="One initiative that a certifying body looks after.")
class BodyMember:
    """A member."""

    entry: Private[Entry]
    seen: Private[Held]
    held: Private[HeldMember]

    @field
    def subject(self) -> Thing:
        """The initiative."""
        return anything(self.entry.frame, URIRef(self.held.subject))

    @field
    def organisation(self) -> Thing:
        """The organisation that applied for it, or that belongs to the body."""
        return anything(self.entry.frame, URIRef(self.held.organisation))

    @field
    def state(self) -> code.Code | None:
        """Where its case stands; null for a member that never applied."""
        state = self.held.state
        return code.Code(frame=self.entry.frame, named=CODE[f"label-state/{state}"]) if state else None

    @field
    def case(self) -> str | None:
        """The IRI of the case that counts; null for a member that never applied."""
        return self.held.case.iri if self.held.case else None

    @field
    def label(self) -> label.ConfirmedLabel | None:
        """Its label, if it was ever granted one in that case."""
        return label.confirmed(self.entry.frame, self.held.case) if self.held.case else None

    @listed(10)
    def cells(self) -> list[MemberCell]:
        """Where it stands, requirement by requirement; nothing where there is no description to look at."""
        return [
            MemberCell(entry=self.entry, row=row, held=cell)
            for row in self.seen.standard.requirements
            if (cell := self.held.cells.get(row.iri))
        ]


@strawberry.type(description="A requirement that keeps members from a label.")
class Blocker:
    """What blocks members."""

    entry: Private[Entry]
    held: Private[HeldBlocker]

    @field
    def requirement(self) -> Requirement:
        """The requirement."""
        return requirement(self.entry.frame, self.held.requirement)

    @field
    def count(self) -> int:
        """How many members still miss something basic of it."""
        return self.held.count

    @field
    def unmet(self) -> int:
        """How many of them lack it; the others only lack a document, or a person's word."""
        return self.held.unmet

    @field
    def members(self) -> list[str]:
        """The IRIs of those initiatives."""
        return list(self.held.members)


@strawberry.type(description="Where all members of a certifying body stand under one scheme.")
class Overview:
    """An overview."""

    entry: Private[Entry]
    held: Private[Held]

    @field
    def on(self) -> date:
        """The day as of which it is told."""
        return self.held.day

    @field
    def body(self) -> Thing:
        """The certifying body."""
        return anything(self.entry.frame, URIRef(self.held.body))

    @field
    def scheme(self) -> scheme.Scheme:
        """The label scheme."""
        return scheme.scheme(self.entry.frame, self.held.scheme)

    @field
    def version(self) -> str | None:
        """The version of the standard that counts on that day."""
        version = self.held.standard.version
        return version.number if version else None

    @listed(10)
    def blockers(self) -> list[Blocker]:
        """The requirements that block members, the one that blocks most of them first."""
        return [Blocker(entry=self.entry, held=one) for one in self.held.blockers]

    @field
    def unknown(self) -> int:
        """How many members have no published description in which a machine could look."""
        return self.held.unknown

    @paged
    def members(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[BodyMember]:
        """The members: labelled, in a case, or named by the body's own description."""
        name = f"members of {self.held.body} under {self.held.scheme.iri}"
        listing = Listing(self.entry.frame, name, self.held.members)
        return Connection.of(
            listing,
            Range(first, after, last, before),
            lambda one: BodyMember(entry=self.entry, seen=self.held, held=one),
        )


def overview(entry: Entry, named: str, body: str | None) -> Overview:
    """Give to a client where the members of a body stand for which the one who asks works.

    Raises:
        NotAllowedError: The one who asks works for no body, or for another one.
        NotFoundError: There is no such scheme.
    """
    own = sorted(entry.actor.organisations(*BODIES))
    chosen = body or next(iter(own), "")
    if chosen not in own:
        raise NotAllowedError(
            "overview-not-yours",
            "Only those who assess or decide for a certifying body see the overview of its members.",
        )
    caseload = entry.caseload
    if named not in caseload.schemes:
        raise unknown(named)
    held = look(
        caseload, entry.desk.rulebook, entry.frame.edition.store, chosen, caseload.schemes[named],
        entry.desk.today(),
    )  # fmt: skip
    return Overview(entry=entry, held=held)

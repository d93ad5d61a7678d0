"""A case as its parties see it; for everybody else there is none."""

from __future__ import annotations

from datetime import date, datetime

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.certification.life.act import Act
from registry.certification.life.case import Case as HeldCase
from registry.certification.proof.judgement import version_of
from registry.graphql_api.certification import scheme
from registry.graphql_api.certification.label import ConfirmedLabel, confirmed
from registry.graphql_api.certification.party.dossier import (
    Audit,
    CaseCondition,
    Evidence,
    Recommendation,
    audits,
    conditions,
    evidence,
    recommendation,
)
from registry.graphql_api.certification.party.entry import Entry
from registry.graphql_api.certification.party.offer import Offer, offers
from registry.graphql_api.certification.party.standing import CriterionStanding, standings
from registry.graphql_api.certification.scheme import Level, Scheme
from registry.graphql_api.field import field, listed
from registry.graphql_api.kinds import anything
from registry.graphql_api.quality import standard
from registry.graphql_api.thing import code
from registry.graphql_api.thing.node import Thing
from registry.vocabulary import CODE

__all__ = ["Case", "CaseAct", "CaseState", "shown"]


@strawberry.type(description="Since when a case has stood where.")
class CaseState:
    """A state of a case."""

    since: date = strawberry.field(description="The first day.")
    state: code.Code = strawberry.field(description="Where it stood from then on.")


@strawberry.type(description="One act in a case; it stays for good.")
class CaseAct:
    """An act."""

    entry: Private[Entry]
    held: Private[Act]

    @field
    def act(self) -> code.Code:
        """What was done."""
        return code.Code(frame=self.entry.frame, named=CODE[f"case-act/{self.held.name}"])

    @field
    def on(self) -> date:
        """The day on which it was done, or on which it takes effect."""
        return self.held.on

    @field
    def reason(self) -> str | None:
        """Why, if that was said."""
        return self.held.reason or None

    @field
    def account(self) -> str:
        """The IRI of the account that did it."""
        return self.held.actor

    @field
    def behalf(self) -> Thing | None:
        """The organisation for which it was done."""
        return anything(self.entry.frame, URIRef(self.held.behalf)) if self.held.behalf else None

    @field
    def via(self) -> str:
        """How the account came in: a session, the console, or a token by its number."""
        return self.held.via

    @field
    def recorded_at(self) -> datetime | None:
        """When it was written down here, which may be later."""
        return self.held.time


@strawberry.type(
    description="An application for a label, with its whole life, as its parties see it: those who apply, "
    "and the body that is asked. It is told as of this moment, not as of the snapshot."
)
class Case:
    """A case."""

    entry: Private[Entry]
    held: Private[HeldCase]

    @field
    def iri(self) -> str:
        """Its IRI."""
        return self.held.iri

    @field
    def number(self) -> str:
        """The last part of its IRI; the label that comes of it has the same."""
        return self.held.number

    @field
    def on(self) -> date:
        """The day as of which everything here is told."""
        return self.held.day

    @field
    def subject(self) -> Thing:
        """The initiative that it is about."""
        return anything(self.entry.frame, URIRef(self.held.subject))

    @field
    def scheme(self) -> Scheme:
        """The label scheme, in the text by which the case goes."""
        return scheme.scheme(self.entry.frame, self.entry.rules(self.held))

    @field
    def level(self) -> Level | None:
        """The level that is asked for; null if none was named."""
        asked = self.held.level
        return scheme.level(self.entry.frame, self.entry.rules(self.held), asked) if asked else None

    @field
    def organisation(self) -> Thing:
        """The organisation that applies."""
        return anything(self.entry.frame, URIRef(self.held.organisation))

    @field
    def body(self) -> Thing:
        """The body that is asked."""
        return anything(self.entry.frame, URIRef(self.held.body))

    @field
    def renews(self) -> str | None:
        """The IRI of the case whose label this one is to follow; null for a first label."""
        return self.held.renews or None

    @field
    def standard(self) -> standard.Standard | None:
        """The standard by which it is assessed, if that is installed here."""
        held = self.entry.desk.rulebook.standards.get(self.entry.rules(self.held).standard)
        return standard.standard(self.entry.frame, held) if held else None

    @field
    def version(self) -> str:
        """The version of the standard that counts: that of the day on which it was first submitted."""
        return version_of(self.entry.desk, self.held)

    @field
    def state(self) -> code.Code:
        """Where it stands, such as submitted, awarded or expired."""
        return self._coded(self.held.state)

    @listed(5)
    def states(self) -> list[CaseState]:
        """Since when it has stood where, the oldest first."""
        return [CaseState(since=since, state=self._coded(state)) for since, state in self.held.states]

    @listed(10)
    def acts(self) -> list[CaseAct]:
        """What was done in it, in order."""
        return [CaseAct(entry=self.entry, held=one) for one in self.held.acts]

    @field
    def appealed(self) -> bool:
        """Whether an appeal is open."""
        return self.held.appealed

    @listed(20)
    def standings(self) -> list[CriterionStanding]:
        """How it stands for each use of a criterion: as claimed, as evidenced and as confirmed."""
        return standings(self.entry, self.held)

    @listed(5)
    def evidence(self) -> list[Evidence]:
        """The documents in it."""
        return evidence(self.entry, self.held)

    @listed(1)
    def audits(self) -> list[Audit]:
        """The visits, with how many were heard."""
        return audits(self.held)

    @field
    def recommendation(self) -> Recommendation | None:
        """What those who assessed recommended last."""
        return recommendation(self.entry, self.held)

    @listed(1)
    def conditions(self) -> list[CaseCondition]:
        """What was to be mended while the label is in force."""
        return conditions(self.held)

    @field
    def label(self) -> ConfirmedLabel | None:
        """The label that came of it, if there is one."""
        return confirmed(self.entry.frame, self.held)

    @listed(5, weight=20)
    def offers(self) -> list[Offer]:
        """What the one who asks could do next, and what stands in the way of it."""
        return offers(self.entry, self.held)

    def _coded(self, state: str) -> code.Code:
        return code.Code(frame=self.entry.frame, named=CODE[f"label-state/{state}"])


def shown(entry: Entry, held: HeldCase) -> Case:
    """Give a case to a client."""
    return Case(entry=entry, held=held)

"""What sources say about a thing: in which publication, as of when, and where they disagree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib import URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, SKOS

from registry.graph.question import ask
from registry.reading.catalogue import last_part
from registry.reading.record import Record, gather_by
from registry.reading.text import Text, choose
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rdflib import Literal
    from rdflib.term import Node

    from registry.graph.store import GraphStore

__all__ = ["Statement", "Statements", "read_all_statements", "read_statements"]

#: The facts that a statement about an aspect can stand behind; its code, if it has one, decides more exactly.
ASPECTS: Final = {
    "accessibility": {KOEPEL.accessibilityMeasure},
    "activity": {KOEPEL.offersActivity},
    "communication": {KOEPEL.communicationChannel},
    "cooperation": {KOEPEL.worksWith},
    "duration": {KOEPEL.startDate, KOEPEL.endDate},
    "format": {KOEPEL.unitFormat},
    "identity": {FOAF.homepage, KOEPEL.organisationType},
    "intermunicipal-cooperation": {KOEPEL.municipality},
    "membership": {ORG.memberOf},
    "name-change": {DCTERMS.alternative, SKOS.altLabel},
    "obligation": {KOEPEL.participationModeMentee, KOEPEL.participationModeMentor},
    "participant-voice": {KOEPEL.participantVoice},
    "partner": {KOEPEL.worksWith},
    "referral": {KOEPEL.referralRoute},
    "registration": {KOEPEL.registrationSystem},
    "relation-to-integration": {KOEPEL.integrationLink, KOEPEL.integrationPillar},
    "start": {KOEPEL.startDate},
    "structure": {KOEPEL.programmeStructure},
    "target-group": {DCTERMS.audience},
    "tool": {KOEPEL.usesTool},
    "training": {KOEPEL.mentorTrainingHours},
    "trajectory-type": {KOEPEL.trajectoryType},
}


@dataclass(frozen=True)
class Statement:
    """What one source says about one or more things, told in words of our own."""

    iri: URIRef
    record: Record = field(repr=False)

    @property
    def identifiers(self) -> tuple[str, ...]:
        """The short names by which a statement is cited; several, when several rows say the same."""
        return tuple(str(one) for one in self.record.literals(DCTERMS.identifier))

    @property
    def about(self) -> tuple[URIRef, ...]:
        """The things that it tells something of."""
        return self.record.links(KOEPEL.about)

    @property
    def aspects(self) -> tuple[URIRef, ...]:
        """What sides of the thing it concerns."""
        return self.record.links(KOEPEL.aspect)

    def text(self, *languages: str) -> Text:
        """What it says."""
        return choose(self.record.literals(DCTERMS.description), *languages) or Text(
            " · ".join(self.identifiers)
        )

    @property
    def source(self) -> URIRef | None:
        """The publication that says so."""
        return self.record.link(KOEPEL.statedIn)

    @property
    def locator(self) -> Literal | None:
        """The section, table cell, box or annex of the publication."""
        return self.record.literal(KOEPEL.locator)

    @property
    def as_of(self) -> Literal | None:
        """The day, month or year at which it held."""
        return self.record.literal(KOEPEL.asOf)

    @property
    def conflicts(self) -> tuple[URIRef, ...]:
        """The statements that cannot be right together with this one."""
        return self.record.links(KOEPEL.conflictsWith)

    def codes(self, value: Node) -> bool:
        """Tell whether the statement amounts to exactly this value."""
        return value in self.record.all(KOEPEL.codedAs)

    def concerns(self, fact: URIRef) -> bool:
        """Tell whether the statement is about the side of a thing that a fact shows."""
        return any(fact in ASPECTS.get(last_part(aspect), ()) for aspect in self.aspects)


@dataclass(frozen=True)
class Statements:
    """All statements about one thing, numbered as a page lists them."""

    by_iri: dict[URIRef, Statement]

    def those(self, iris: Iterable[URIRef]) -> tuple[Statement, ...]:
        """Pick statements by IRI; what the graph does not hold is left out."""
        return tuple(self.by_iri[one] for one in iris if one in self.by_iri)

    def behind(self, fact: URIRef, value: Node, candidates: Iterable[URIRef]) -> tuple[Statement, ...]:
        """Find which of a thing's statements stand behind one of its plain facts."""
        known = self.those(candidates)
        exact = tuple(one for one in known if one.codes(value))
        return exact or tuple(one for one in known if one.concerns(fact))

    def about(self, thing: URIRef) -> tuple[Statement, ...]:
        """List the statements that tell something of a thing, in the order of their identifiers."""
        return tuple(one for one in self.by_iri.values() if thing in one.about)

    def contradictions(self) -> tuple[tuple[Statement, Statement], ...]:
        """List the pairs of statements of which at most one can be right; each pair once."""
        pairs = {
            tuple(sorted((one.iri, other)))
            for one in self.by_iri.values()
            for other in one.conflicts
            if other in self.by_iri
        }
        return tuple((self.by_iri[first], self.by_iri[second]) for first, second in sorted(pairs))


def read_statements(store: GraphStore, thing: URIRef) -> Statements:
    """Read what sources say about a thing, and what other sources say against it."""
    return read_all_statements(store, [thing])[thing]


def read_all_statements(store: GraphStore, things: Sequence[URIRef]) -> dict[URIRef, Statements]:
    """Read the same about many things at once."""
    found = gather_by(ask(store, "statements", thing=things), "thing")
    return {thing: _statements(found.get(thing, {})) for thing in things}


def _statements(records: Mapping[Node, Record]) -> Statements:
    found = [Statement(iri, record) for iri, record in records.items() if isinstance(iri, URIRef)]
    return Statements({one.iri: one for one in sorted(found, key=lambda one: (one.identifiers, one.iri))})

"""What is stated of one thing, in the order in which people read it.

Each part of a description names the statements that it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rdflib import RDF, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, SKOS

from registry.graph.question import ask
from registry.reading.record import Record, gather
from registry.vocabulary import CV, KOEPEL, SCHEMA

if TYPE_CHECKING:
    from rdflib.term import Node

    from registry.graph.store import GraphStore

__all__ = ["Description", "Fact", "Section", "Value", "describe"]


class Section(StrEnum):
    """The groups in which facts are read."""

    OVERVIEW = "overview"
    METHOD = "method"
    JOINING = "joining"
    RELATIONSHIP = "relationship"
    MEANS = "means"
    OTHER = "other"


ORDER: Final = {
    Section.OVERVIEW: (
        KOEPEL.status, KOEPEL.partOfProgramme, KOEPEL.successorOf, DCTERMS.isPartOf, KOEPEL.country,
        KOEPEL.region, KOEPEL.municipality, KOEPEL.localAreaCode, DCTERMS.spatial, KOEPEL.startDate,
        KOEPEL.endDate, DCTERMS.audience, DCTERMS.language, KOEPEL.languageContext, DCTERMS.alternative,
        SKOS.altLabel, FOAF.homepage, FOAF.page, DCAT.contactPoint, KOEPEL.coordinatorContact,
        KOEPEL.objective, KOEPEL.programmeStructure, CV.hasCompetentAuthority, KOEPEL.governanceLead,
        KOEPEL.legalBasis, KOEPEL.organisationType, KOEPEL.governmentLevel, KOEPEL.memberCount,
        ORG.memberOf, ORG.subOrganizationOf, ORG.unitOf, KOEPEL.franchiseeOf, KOEPEL.contractedBy,
        KOEPEL.worksWith,
    ),
    Section.METHOD: (
        KOEPEL.trajectoryType, KOEPEL.unitFormat, KOEPEL.mentorsMinimum, KOEPEL.mentorsMaximum,
        KOEPEL.intensity, KOEPEL.supportOrientation, KOEPEL.timeHorizon, KOEPEL.offersActivity,
        KOEPEL.integrationLink, KOEPEL.integrationPillar, KOEPEL.participationModeMentee,
        KOEPEL.participationModeMentor, KOEPEL.mentorsUnpaid, KOEPEL.fourPCriterion,
        KOEPEL.promotesParticipation, KOEPEL.participantVoice, KOEPEL.accessibilityMeasure,
        KOEPEL.communicationChannel, KOEPEL.usesTool,
    ),
    Section.JOINING: (
        KOEPEL.minimumMentorAge, KOEPEL.eligibility, KOEPEL.referralRoute, KOEPEL.intake, KOEPEL.screening,
        KOEPEL.mentorTrainingHours, KOEPEL.training, KOEPEL.recruitmentInformation, KOEPEL.roleDescription,
        KOEPEL.referralList,
    ),
    Section.RELATIONSHIP: (
        KOEPEL.matching, KOEPEL.commitment, KOEPEL.agreementDocument, KOEPEL.followUp, KOEPEL.supportOffer,
        KOEPEL.closure, KOEPEL.evaluation, KOEPEL.registrationSystem, KOEPEL.policy,
    ),
    Section.MEANS: (
        KOEPEL.funding, KOEPEL.capacity, KOEPEL.coordinatorFullTimeEquivalent,
        KOEPEL.matchesPerFullTimeEquivalent, KOEPEL.observation, KOEPEL.document, KOEPEL.meets,
    ),
    Section.OTHER: (  # what parts of a description say, from what they are to how they are done
        KOEPEL.screeningType, KOEPEL.supportType, KOEPEL.evaluationType, KOEPEL.policyType,
        KOEPEL.fundingType, KOEPEL.funder, KOEPEL.amountPerYear, KOEPEL.currency, KOEPEL.timeLimited,
        KOEPEL.matchingCriterion, KOEPEL.bindingLevel, KOEPEL.trainingTopic, KOEPEL.trainingPhase,
        KOEPEL.durationHours, KOEPEL.appliesTo, KOEPEL.polarity, KOEPEL.mandatory, KOEPEL.matchedBy,
        KOEPEL.matchedAfterIntake, KOEPEL.introductionFormat, KOEPEL.matchingRoundsPerYear,
        KOEPEL.matchingRule, KOEPEL.minimumMonths, KOEPEL.maximumMonths, KOEPEL.minimumMeetings,
        KOEPEL.meetingsPerMonth, KOEPEL.hoursPerWeekMinimum, KOEPEL.hoursPerWeekMaximum, KOEPEL.totalHours,
        KOEPEL.followsParty, KOEPEL.followUpChannel, KOEPEL.firstContactWithinDays,
        KOEPEL.contactIntervalDays, KOEPEL.sessionsPerMatch, KOEPEL.sessionsExpected,
        KOEPEL.evaluatesAspect, KOEPEL.intervalMonths, KOEPEL.followUpMonths, KOEPEL.coversPlannedEnding,
        KOEPEL.coversEarlyEnding, KOEPEL.coversOneSidedEnding, KOEPEL.exitInterview, KOEPEL.rematchRule,
        KOEPEL.afterContactRule, KOEPEL.measure, KOEPEL.quantity, KOEPEL.reason,
    ),
}  # fmt: skip
SECTION_OF: Final = {one: section for section, several in ORDER.items() for one in several}
PLACE: Final = {one: place for place, one in enumerate(SECTION_OF)}
#: Shown apart from the facts, for things and parts alike.
APART: Final = frozenset({RDF.type, DCTERMS.description, KOEPEL.basedOn, SCHEMA.hasCertification})
#: Shown apart for things only: their names, who published them and when.
HEAD: Final = frozenset(
    {
        DCTERMS.title,
        DCTERMS.publisher,
        DCTERMS.modified,
        DCTERMS.identifier,
        DCTERMS.isReplacedBy,
        DCTERMS.replaces,
        FOAF.name,
        SKOS.prefLabel,
        KOEPEL.asOf,
    }
)


@dataclass(frozen=True)
class Value:
    """One value of a property: a node, or a part with facts of its own, and the statements behind it."""

    node: Node
    part: Description | None = None
    based_on: tuple[URIRef, ...] = ()


@dataclass(frozen=True)
class Fact:
    """One property of a thing, with all its values."""

    property: URIRef
    section: Section
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Description:
    """What is stated of one thing or part."""

    record: Record
    facts: tuple[Fact, ...]

    @property
    def based_on(self) -> tuple[URIRef, ...]:
        """The statements behind the plain facts of the thing."""
        return self.record.links(KOEPEL.basedOn)

    @property
    def is_one_choice(self) -> bool:
        """True for a part that says nothing but what was chosen from a list, such as the kind of support."""
        return len(self.facts) == 1 and all(
            isinstance(value.node, URIRef) and not value.part for value in self.facts[0].values
        )

    def section(self, section: Section) -> tuple[Fact, ...]:
        """The facts of one group."""
        return tuple(fact for fact in self.facts if fact.section is section)


def describe(store: GraphStore, thing: URIRef) -> Description | None:
    """Read what the graph states of a thing and of its own parts; nothing for an unknown thing."""
    records = gather(ask(store, "facts", thing=thing))
    return _description(records.pop(thing), records, APART | HEAD) if thing in records else None


def _description(record: Record, parts: dict[Node, Record], hidden: frozenset[URIRef] = APART) -> Description:
    facts = [
        Fact(one, SECTION_OF.get(one, Section.OTHER), tuple(_value(node, parts) for node in values))
        for one, values in record.values.items()
        if one not in hidden
    ]
    return Description(record, tuple(sorted(facts, key=_reading_order)))


def _reading_order(fact: Fact) -> tuple[int, str]:
    return PLACE.get(fact.property, len(PLACE)), fact.property


def _value(node: Node, parts: dict[Node, Record]) -> Value:
    if node not in parts:
        return Value(node)
    others = {one: record for one, record in parts.items() if one != node}  # a part never holds itself
    part = _description(parts[node], others)
    return Value(node, part, part.based_on)

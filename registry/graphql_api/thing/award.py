"""Labels that documents say an initiative has, and what certifying bodies say to that."""

from __future__ import annotations

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.graphql_api.certification import label as certified
from registry.graphql_api.evidence import document
from registry.graphql_api.field import field
from registry.graphql_api.kinds import AnInitiative, AnOrganisation, initiative, organisation
from registry.graphql_api.quality import standard
from registry.graphql_api.session import Frame
from registry.graphql_api.text import LocalText, Spoken
from registry.graphql_api.thing import code
from registry.graphql_api.thing.node import Thing
from registry.reading.award import Award, Backed, backed
from registry.reading.record import Record
from registry.vocabulary import KOEPEL

__all__ = ["Label", "LabelScheme", "labels"]


@strawberry.federation.type(keys=["iri"], description="The rules by which an owner awards a quality label.")
class LabelScheme(Thing):
    """A label scheme."""

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> LabelScheme | None:
        """Find a scheme by its IRI."""
        record = await frame.load.records.load(iri)
        is_one = record is not None and record.all(KOEPEL.schemeOwner)
        return cls(frame=frame, named=iri) if is_one else None

    @field
    async def owner(self) -> AnOrganisation | None:
        """The organisation that owns it."""
        return organisation(self.frame, (await self._record()).link(KOEPEL.schemeOwner))

    @field
    async def standard(self) -> standard.Standard | None:
        """The standard behind it, if that is known here."""
        return standard.found(self.frame, (await self._record()).link(KOEPEL.usesStandard))

    @field
    async def validity_months(self) -> int | None:
        """How many months a label is valid, unless decided otherwise."""
        months = (await self._record()).literal(KOEPEL.validityMonths)
        return int(months) if months is not None and months.isdigit() else None

    async def _record(self) -> Record:
        return await self.frame.load.records.load(self.named) or Record(self.named, {})


@strawberry.type(
    description="A quality label, as a document tells of it. Whether a certifying body stands behind it is "
    "told beside it: claimed, evidenced and confirmed are three different things."
)
class Label:
    """A label that somebody says an initiative has."""

    frame: Private[Frame]
    backed: Private[Backed]

    @property
    def found(self) -> Award:
        """What the document says."""
        return self.backed.award

    @field
    def iri(self) -> str | None:
        """Its IRI, if it has one."""
        return str(self.found.label) if isinstance(self.found.label, URIRef) else None

    @field
    def title(self, language: Spoken = None) -> LocalText | None:
        """What it is called; the name of its scheme, if it has none of its own."""
        own = self.found.title(*self.frame.speaking(language))
        scheme = self.found.scheme
        return self.frame.name(scheme, language) if own is None and scheme else LocalText.if_any(own)

    @field
    def holder(self) -> AnInitiative | None:
        """The initiative that is said to have it."""
        return initiative(self.frame, self.found.holder)

    @field
    def scheme(self) -> LabelScheme | None:
        """The scheme under which it was awarded."""
        return LabelScheme(frame=self.frame, named=self.found.scheme) if self.found.scheme else None

    @field
    def level(self, language: Spoken = None) -> LocalText | None:
        """The level at which it was awarded."""
        return self.frame.name(self.found.level, language) if self.found.level else None

    @field
    def state(self) -> code.Code | None:
        """Where the document says that it stands, such as awarded, suspended or expired."""
        return code.code(self.frame, self.found.state)

    @field
    def issuer(self) -> AnOrganisation | None:
        """Who is said to have awarded it."""
        return organisation(self.frame, self.found.issuer)

    @field
    def valid_from(self) -> str | None:
        """Since when the document says that it is valid."""
        return None if self.found.valid_from is None else str(self.found.valid_from)

    @field
    def valid_until(self) -> str | None:
        """Until when the document says that it is valid."""
        return None if self.found.valid_until is None else str(self.found.valid_until)

    @field
    def trust(self) -> code.Code:
        """How well it is backed: self-declared, document-linked or auditor-confirmed.

        Self-declared: a document says so, and nobody here has confirmed it. Document-linked: the claim
        points to a document, or the issuer tells of it in its own. Auditor-confirmed: a certifying body
        awarded it here, and it is in force.
        """
        return code.Code(frame=self.frame, named=self.found.trust)

    @field
    def confirmed(self) -> bool:
        """Whether a certifying body has awarded it here, to this initiative, and it is in force."""
        return self.backed.is_confirmed

    @field
    def confirmed_by(self) -> certified.ConfirmedLabel | None:
        """The label in force that confirms it; null where nobody here has confirmed it."""
        return self._registered() if self.backed.is_confirmed else None

    @field
    def registered_as(self) -> certified.ConfirmedLabel | None:
        """The label of a certifying body that it speaks of, also where that is suspended, revoked or over."""
        return self._registered()

    @field
    def claimed_in(self) -> document.Document:
        """The document that says so; its publisher claims it."""
        return document.Document(frame=self.frame, named=self.found.source)

    def _registered(self) -> certified.ConfirmedLabel | None:
        held = self.backed.registered
        return certified.found(self.frame, str(held.label), None) if held else None


async def labels(frame: Frame, holder: URIRef) -> list[Label]:
    """Give to a client the labels that documents say an initiative has."""
    found = backed(await frame.load.awards.load(holder))
    return [Label(frame=frame, backed=one) for one in found if not one.award.is_registered]

"""What sources say: statements with their place in a publication, and contradictions between them."""

from __future__ import annotations

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.graphql_api.value import Code, Frame, LocalText, codes, field
from registry.reading.statement import Statement as Said
from registry.reading.statement import Statements

__all__ = ["Contradiction", "Source", "Statement", "contradictions", "statements"]


@strawberry.type(description="A publication from which statements are taken.")
class Source:
    """A publication."""

    iri: str = strawberry.field(description="Its IRI.")
    title: LocalText = strawberry.field(description="Its title.")


@strawberry.type(description="What one source says about one or more things, told in words of our own.")
class Statement:
    """What one source says."""

    frame: Private[Frame]
    said: Private[Said]

    @field
    def iri(self) -> str:
        """Its IRI."""
        return str(self.said.iri)

    @field
    def identifiers(self) -> list[str]:
        """The short names by which it is cited."""
        return list(self.said.identifiers)

    @field
    def text(self) -> LocalText:
        """What it says."""
        text = self.said.text(self.frame.language)
        return LocalText(value=text.value, language=text.language)

    @field
    def aspects(self) -> list[Code]:
        """The sides of the thing that it concerns, such as its aim or its funding."""
        return codes(self.frame, self.said.aspects)

    @field
    def about(self) -> list[str]:
        """The IRIs of the things that it tells something of."""
        return [str(one) for one in self.said.about]

    @field
    def source(self) -> Source | None:
        """The publication that says so."""
        if self.said.source is None:
            return None
        title = self.frame.edition.catalogue.name(self.said.source, self.frame.language)
        return Source(iri=str(self.said.source), title=LocalText(value=title.value, language=title.language))

    @field
    def locator(self) -> str | None:
        """The section, table cell, box or annex of the publication."""
        return None if self.said.locator is None else str(self.said.locator)

    @field
    def as_of(self) -> str | None:
        """The day, month or year at which it held."""
        return None if self.said.as_of is None else str(self.said.as_of)

    @field
    def conflicts_with(self) -> list[str]:
        """The IRIs of the statements that cannot be right together with this one."""
        return [str(one) for one in self.said.conflicts]


@strawberry.type(
    description="Two statements of which at most one can be right. Both are kept; none is preferred."
)
class Contradiction:
    """Two statements that contradict each other."""

    first: Statement = strawberry.field(description="One of the statements.")
    second: Statement = strawberry.field(description="The other one.")


def statements(frame: Frame, found: Statements, about: URIRef) -> list[Statement]:
    """Give the statements about a thing to a client."""
    return [Statement(frame=frame, said=one) for one in found.about(about)]


def contradictions(frame: Frame, found: Statements) -> list[Contradiction]:
    """Give the contradictions around a thing to a client."""
    return [
        Contradiction(first=Statement(frame=frame, said=one), second=Statement(frame=frame, said=other))
        for one, other in found.contradictions()
    ]

"""What sources say: statements with their place in a publication, and contradictions between them."""

from __future__ import annotations

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.graphql_api.value import Code, Frame, LocalText, codes
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

    @strawberry.field(description="Its IRI.")
    def iri(self) -> str:
        """Give the IRI."""
        return str(self.said.iri)

    @strawberry.field(description="The short names by which it is cited.")
    def identifiers(self) -> list[str]:
        """Give the identifiers."""
        return list(self.said.identifiers)

    @strawberry.field(description="What it says.")
    def text(self) -> LocalText:
        """Give the text."""
        text = self.said.text(self.frame.language)
        return LocalText(value=text.value, language=text.language)

    @strawberry.field(description="The sides of the thing that it concerns, such as its aim or its funding.")
    def aspects(self) -> list[Code]:
        """Give the aspects."""
        return codes(self.frame, self.said.aspects)

    @strawberry.field(description="The IRIs of the things that it tells something of.")
    def about(self) -> list[str]:
        """Give what it is about."""
        return [str(one) for one in self.said.about]

    @strawberry.field(description="The publication that says so.")
    def source(self) -> Source | None:
        """Give the publication."""
        if self.said.source is None:
            return None
        title = self.frame.edition.catalogue.name(self.said.source, self.frame.language)
        return Source(iri=str(self.said.source), title=LocalText(value=title.value, language=title.language))

    @strawberry.field(description="The section, table cell, box or annex of the publication.")
    def locator(self) -> str | None:
        """Give the place in the publication."""
        return None if self.said.locator is None else str(self.said.locator)

    @strawberry.field(description="The day, month or year at which it held.")
    def as_of(self) -> str | None:
        """Give the date."""
        return None if self.said.as_of is None else str(self.said.as_of)

    @strawberry.field(description="The IRIs of the statements that cannot be right together with this one.")
    def conflicts_with(self) -> list[str]:
        """Give the statements that contradict it."""
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

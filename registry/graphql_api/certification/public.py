"""What everybody may ask about certification: labels that were granted here, and the schemes behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import strawberry
from rdflib import URIRef

from registry.certification.life.case import Case
from registry.certification.life.case import Label as HeldLabel
from registry.graphql_api.certification.casebook import casebook
from registry.graphql_api.certification.label import ConfirmedLabel, found, shown
from registry.graphql_api.certification.scheme import Scheme, schemes
from registry.graphql_api.certification.scheme import found as found_scheme
from registry.graphql_api.field import field, listed, paged
from registry.graphql_api.paging.connection import After, Before, Connection, First, Last, Listing, Range
from registry.graphql_api.session import Asked, Frame
from registry.graphql_api.text import In, Language
from registry.reading.entry import last_part
from registry.vocabulary import KOEPEL

__all__ = ["PublicQuery"]

ENGLISH: In = [Language.EN]

On = Annotated[
    date | None,
    strawberry.argument(
        description="As they stood on this day, as far as is known; that of the snapshot if not said."
    ),
]


@strawberry.input(description="What labels must have. Everything that is given must hold at once.")
class LabelFilter:
    """A filter for labels."""

    scheme: str | None = strawberry.field(default=None, description="The IRI of the label scheme.")
    body: str | None = strawberry.field(default=None, description="The IRI of the body that granted it.")
    subject: str | None = strawberry.field(default=None, description="The IRI of the initiative.")
    level: str | None = strawberry.field(default=None, description="The IRI of the level.")
    country: str | None = strawberry.field(
        default=None, description="The code, of three letters, of a country in which the initiative works."
    )
    state: list[str] | None = strawberry.field(
        default=None, description="Notations of states, such as awarded or suspended; one of them is enough."
    )
    in_force: bool | None = strawberry.field(default=None, description="Whether it holds on the day.")

    def fits(self, case: Case, label: HeldLabel) -> bool:
        """Tell whether a label has all of it."""
        asked = (
            (self.scheme, case.scheme),
            (self.body, case.body),
            (self.level, label.level),
            (self.in_force, case.in_force),
        )
        named = all(wish is None or wish == held for wish, held in asked)
        return named and (self.state is None or case.state in self.state)


@strawberry.type
class PublicQuery:
    """Labels and schemes."""

    @paged
    def labels(
        self,
        info: Asked,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        on: On = None,
        filter: Annotated[
            LabelFilter | None, strawberry.argument(description="Which ones; all where nothing is said.")
        ] = None,
        language: In = ENGLISH,
    ) -> Connection[ConfirmedLabel]:
        """Labels that certifying bodies have granted here, in the order in which the cases began."""
        frame = info.context.frame(language)
        day, wanted = on or frame.day, filter or LabelFilter()
        name = f"labels on {day} {wanted}"
        return Connection.of(
            Listing(frame, name, list(_chosen(frame, day, wanted))),
            Range(first, after, last, before),
            lambda found: shown(frame, *found),
        )

    @field
    def label(
        self,
        info: Asked,
        iri: Annotated[str, strawberry.argument(description="Its IRI, or its number.")],
        on: On = None,
        language: In = ENGLISH,
    ) -> ConfirmedLabel | None:
        """One label, or null if none of this name was granted here by that day."""
        return found(info.context.frame(language), iri, on)

    @listed(10)
    def schemes(self, info: Asked, language: In = ENGLISH) -> list[Scheme]:
        """The label schemes that this registry has adopted."""
        return schemes(info.context.frame(language))

    @field
    def scheme(
        self,
        info: Asked,
        iri: Annotated[str, strawberry.argument(description="Its IRI.")],
        language: In = ENGLISH,
    ) -> Scheme | None:
        """One adopted label scheme, or null if there is none of this name."""
        return found_scheme(info.context.frame(language), iri)


def _chosen(frame: Frame, day: date, wanted: LabelFilter) -> Iterator[tuple[Case, HeldLabel]]:
    for case in casebook(frame).labelled(day, wanted.subject or ""):
        if case.label and wanted.fits(case, case.label) and _works_in(frame, case.subject, wanted.country):
            yield case, case.label


def _works_in(frame: Frame, subject: str, country: str | None) -> bool:
    if country is None:
        return True
    entry = frame.edition.catalogue.entries.get(URIRef(subject))
    return entry is not None and country in map(last_part, entry.record.links(KOEPEL.country))

"""What those may ask who sign in with a token: their own account, their cases, and what lies ahead."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from registry.certification.sight import seen_case, seen_cases
from registry.graphql_api.certification.party.account import Account
from registry.graphql_api.certification.party.case import Case, shown
from registry.graphql_api.certification.party.due import Due, dues
from registry.graphql_api.certification.party.entry import enter
from registry.graphql_api.certification.party.overview import Overview, overview
from registry.graphql_api.certification.party.preview import LabelPreview, previews
from registry.graphql_api.field import costly, field, listed, paged
from registry.graphql_api.paging.connection import After, Before, Connection, First, Last, Listing, Range
from registry.graphql_api.session import Asked
from registry.graphql_api.text import In, Language

__all__ = ["SignedInQuery"]

ENGLISH: In = [Language.EN]

On = Annotated[date | None, strawberry.argument(description="As it stood on this day; today if not said.")]


@strawberry.type
class SignedInQuery:
    """For those who have signed in."""

    @field
    def me(self, info: Asked, language: In = ENGLISH) -> Account | None:
        """The account whose token came with the request; null for a visitor."""
        session = info.context
        return Account(frame=session.frame(language), actor=session.actor) if session.actor.account else None

    @paged
    def cases(
        self,
        info: Asked,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        on: On = None,
        state: Annotated[
            list[str] | None,
            strawberry.argument(description="Notations of states, such as applied; one of them is enough."),
        ] = None,
        scheme: Annotated[str | None, strawberry.argument(description="The IRI of a label scheme.")] = None,
        language: In = ENGLISH,
    ) -> Connection[Case] | None:
        """The cases to which the one who asks is a party, the newest first. Sign in with a token."""
        entry = enter(info, language).reading()
        day = on or entry.desk.today()
        found = [
            case
            for case in seen_cases(entry.desk, entry.actor, day)
            if (state is None or case.state in state) and (scheme is None or case.scheme == scheme)
        ]
        listing = Listing(entry.frame, f"cases of {entry.actor.account} {day} {state} {scheme}", found)
        return Connection.of(listing, Range(first, after, last, before), lambda case: shown(entry, case))

    @field
    def case(
        self,
        info: Asked,
        number: Annotated[str, strawberry.argument(description="Its number, or its IRI.")],
        on: On = None,
        language: In = ENGLISH,
    ) -> Case | None:
        """One case to which the one who asks is a party. Sign in with a token."""
        entry = enter(info, language).reading()
        return shown(entry, seen_case(entry.desk, entry.actor, number, on))

    @costly(500)
    def overview(
        self,
        info: Asked,
        scheme: Annotated[str, strawberry.argument(description="The IRI of the label scheme.")],
        body: Annotated[
            str | None,
            strawberry.argument(description="The IRI of the body; the one that you work for if not said."),
        ] = None,
        language: In = ENGLISH,
    ) -> Overview | None:
        """Where the members of a certifying body stand, for those who work for it. Sign in with a token."""
        return overview(enter(info, language).reading(), scheme, body)

    @listed(50)
    def calendar(
        self,
        info: Asked,
        months: Annotated[
            int | None, strawberry.argument(description="How far to look ahead; to the end if not said.")
        ] = 12,
        language: In = ENGLISH,
    ) -> list[Due] | None:
        """What is due for the one who asks, the earliest first. Sign in with a token."""
        return dues(enter(info, language).reading(), months)

    @listed(20, weight=2_000)
    def preview(
        self,
        info: Asked,
        standard: Annotated[str, strawberry.argument(description="The short name of the standard.")],
        version: Annotated[str, strawberry.argument(description="The number of the version to try.")],
        language: In = ENGLISH,
    ) -> list[LabelPreview] | None:
        """What a version of a standard would mean for the labels of one who signs in with a token."""
        return previews(enter(info, language).reading(), standard, version)

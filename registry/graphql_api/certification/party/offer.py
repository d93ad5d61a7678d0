"""What somebody could do next in a case, and what stands in the way."""

from __future__ import annotations

import strawberry

from registry.certification.guard import offers as found
from registry.certification.life.case import Case
from registry.errors import KoepelError
from registry.graphql_api.certification.party.entry import Entry
from registry.graphql_api.mistake import code_of
from registry.graphql_api.thing import code
from registry.translation import explain
from registry.vocabulary import CODE

__all__ = ["Obstacle", "Offer", "offers"]


@strawberry.type(description="Why an act is not allowed.")
class Obstacle:
    """What stands in the way."""

    code: str = strawberry.field(description="A name for programs, which never changes.")
    message: str = strawberry.field(description="What is wrong and what to do, in the reader's language.")

    @classmethod
    def of(cls, error: KoepelError, language: str) -> Obstacle:
        """Tell a client what stands in the way."""
        return cls(code=code_of(error), message=explain(error, language))


@strawberry.type(description="An act that the state of a case and a role of the one who asks allow.")
class Offer:
    """What could be done next."""

    act: code.Code = strawberry.field(description="The act; the mutation of this name does it.")
    refused: Obstacle | None = strawberry.field(
        description="What stands in the way nevertheless; null if nothing does."
    )


def offers(entry: Entry, case: Case) -> list[Offer]:
    """Give to a client what it could do next in a case."""
    return [
        Offer(
            act=code.Code(frame=entry.frame, named=CODE[f"case-act/{one.act}"]),
            refused=Obstacle.of(one.refused, entry.language) if one.refused else None,
        )
        for one in found(entry.desk, entry.actor, case)
    ]

"""The five words that say how something stands."""

from __future__ import annotations

from enum import Enum

import strawberry

from registry.validation.assessment import Outcome as Found

__all__ = ["Outcome", "Severity", "outcome"]


@strawberry.enum(description="What can be said of a requirement; the worst of its criteria counts.")
class Outcome(Enum):
    """What can be said of a requirement."""

    NOT_MET = strawberry.enum_value(Found.NOT_MET.value, description="A criterion is still unfulfilled.")
    NEEDS_EVIDENCE = strawberry.enum_value(
        Found.NEEDS_EVIDENCE.value, description="A dated document has to show it."
    )
    NEEDS_PERSON = strawberry.enum_value(Found.NEEDS_PERSON.value, description="Someone has to look.")
    MET = strawberry.enum_value(Found.MET.value, description="Every criterion is fulfilled.")
    NOT_APPLICABLE = strawberry.enum_value(
        Found.NOT_APPLICABLE.value, description="The criteria concern other projects."
    )


@strawberry.enum(description="Whether something stands in the way, or would make a good thing better.")
class Severity(Enum):
    """How much it matters."""

    MUST = strawberry.enum_value("must", description="The standard asks it of everybody.")
    ADVICE = strawberry.enum_value("advice", description="The standard asks it of those who want more.")


def outcome(found: str | None) -> Outcome | None:
    """Give an outcome to a client, if there is one."""
    return Outcome(str(found)) if found else None

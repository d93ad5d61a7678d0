"""What a client says with an act: the same as `registry.certification.details`, in the words of GraphQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

import strawberry
from strawberry import field

__all__ = [
    "AnswerInput",
    "AuditInput",
    "ConditionInput",
    "ConditionMetInput",
    "EvidenceGoneInput",
    "EvidenceInput",
    "ExtensionInput",
    "Finding",
    "GrantInput",
    "JudgedInput",
    "JudgementInput",
    "OpeningInput",
    "RecommendationInput",
    "SelfAssessmentInput",
    "told",
]

USE = "The IRI of the use of the criterion in the standard."


@strawberry.enum(name="CriterionFinding", description="What somebody says of one use of a criterion.")
class Finding(Enum):
    """What somebody says of a criterion."""

    MET = strawberry.enum_value("met", description="It is met.")
    NOT_MET = strawberry.enum_value("not-met", description="It is not met.")
    NOT_APPLICABLE = strawberry.enum_value("not-applicable", description="It concerns other projects.")


@strawberry.input(description="What an application is about.")
class OpeningInput:
    """An application."""

    subject: str = field(description="The IRI of the initiative.")
    scheme: str = field(description="The IRI of the label scheme.")
    level: str = field(default="", description="The IRI of the level; the lowest if not said.")
    body: str = field(
        default="", description="The IRI of the body that shall decide; needed where several may."
    )
    renews: str = field(default="", description="The IRI of the case whose label this one is to follow.")


@strawberry.input(description="What a project says of itself for one use of a criterion.")
class AnswerInput:
    """An answer."""

    use: str = field(description=USE)
    claim: Finding = field(description="What the project says.")
    note: str = field(default="", description="What it adds.")


@strawberry.input(
    description="What a project says of itself; what a machine decides from the description is not asked."
)
class SelfAssessmentInput:
    """A self-assessment."""

    answers: list[AnswerInput] = field(default_factory=list, description="The answers, each use once.")


@strawberry.input(
    description="A document that shows something: a link, or a file that stays within the case. Give either "
    "its address or its content."
)
class EvidenceInput:
    """A document."""

    title: str = field(description="What it is called.")
    dated: date = field(description="The day of the document.")
    address: str = field(default="", description="For a link: where it is.")
    media_type: str = field(default="", description="Such as application/pdf.")
    digest: str = field(default="", description="For a link: the SHA-256 of its bytes, in hexadecimal.")
    confidential: bool = field(
        default=True, description="Whether only the parties of the case may know of it."
    )
    supports: list[str] = field(
        default_factory=list, description="The IRIs of the uses of criteria that it speaks for."
    )
    content: str | None = field(default=None, description="For a file: its bytes, in Base64.")


@strawberry.input(description="Which document is taken out of the case.")
class EvidenceGoneInput:
    """A document that is taken out."""

    number: str = field(description="The number of the document.")


@strawberry.input(description="What an assessor found for one use of a criterion.")
class JudgedInput:
    """A finding."""

    use: str = field(description=USE)
    outcome: Finding = field(description="What was found.")
    evidence: list[str] = field(
        default_factory=list, description="The numbers of the evidence that was looked at."
    )
    note: str = field(default="", description="What the assessor adds, for the parties of the case.")


@strawberry.input(description="What an assessor found.")
class JudgementInput:
    """Findings."""

    judgements: list[JudgedInput] = field(default_factory=list, description="The findings, each use once.")


@strawberry.input(description="A visit: when, and how many were heard; never who.")
class AuditInput:
    """An audit."""

    sessions: list[date] = field(description="The days of the sessions.")
    mentors: int = field(description="How many mentors were heard.")
    mentees: int = field(description="How many mentees were heard.")
    judgements: list[JudgedInput] = field(default_factory=list, description="The findings, each use once.")


@strawberry.input(description="Something to be mended by a day.")
class ConditionInput:
    """A condition."""

    text: str = field(description="What is to be mended.")
    due: date = field(description="The day by which it must be mended.")
    uses: list[str] = field(
        default_factory=list, description="The uses of criteria that are open until then, by their IRIs."
    )


@strawberry.input(description="What those who assessed recommend: a level, or none.")
class RecommendationInput:
    """A recommendation."""

    level: str = field(default="", description="The IRI of the level; empty to recommend a refusal.")
    conditions: list[ConditionInput] = field(default_factory=list, description="What is to be mended.")


@strawberry.input(description="A decision to award.")
class GrantInput:
    """A grant."""

    level: str = field(default="", description="The IRI of the level; the recommended one if not said.")
    valid_from: date | None = field(
        default=None, description="The first day; the day of the decision if not said."
    )
    expires: date | None = field(default=None, description="The last day; as the scheme says if not said.")
    conditions: list[ConditionInput] | None = field(
        default=None, description="What is to be mended; what was recommended if not said."
    )


@strawberry.input(description="Until when a label holds from now on.")
class ExtensionInput:
    """An extension."""

    expires: date = field(description="The last day.")


@strawberry.input(description="Which condition was mended.")
class ConditionMetInput:
    """A condition that was met."""

    number: int = field(description="Its number within the decision.")


def told(given: object) -> Mapping[str, Any]:
    """Say what a client gave as plain values; what was left open is left out.

    >>> told(ExtensionInput(expires=date(2025, 7, 31)))
    {'expires': '2025-07-31'}
    """
    held = ((one.name, getattr(given, one.name)) for one in fields(given))  # type: ignore[arg-type]  # an input
    return {name: _plain(value) for name, value in held if value is not None}


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | bool) else told(value)

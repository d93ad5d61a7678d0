"""What belongs to each act, and in which form it is given: by a page, by GraphQL or on the command line."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

__all__ = [
    "DETAILS",
    "Answer",
    "Audit",
    "ConditionAsked",
    "ConditionMet",
    "Details",
    "Evidence",
    "EvidenceGone",
    "Extension",
    "Grant",
    "Judged",
    "Judgement",
    "Opening",
    "Recommendation",
    "SelfAssessment",
]

Iri = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
MOST: Final = 1_000
"""So many answers or findings one act may hold: more than any standard asks for."""
SOME: Final = 200
"""So many of everything else."""


class Details(BaseModel):
    """Nothing but what is named may be said, so that nothing personal slips in under another name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Opening(Details):
    """What an application is about."""

    subject: Iri = Field(description="The IRI of the initiative.", min_length=1)
    scheme: Iri = Field(description="The IRI of the label scheme.", min_length=1)
    level: Iri = Field("", description="The IRI of the level; the lowest if not said.")
    body: Iri = Field("", description="The IRI of the body that shall decide; needed where several may.")
    renews: Iri = Field("", description="The IRI of the case whose label this one is to follow.")


class Answer(Details):
    """What a project says of itself for one use of a criterion."""

    use: Iri = Field(description="The IRI of the use of the criterion in the standard.", min_length=1)
    claim: Literal["met", "not-met", "not-applicable"]
    note: Text = ""


class SelfAssessment(Details):
    """What a project says of itself; what a machine decides from the description is not asked."""

    answers: tuple[Answer, ...] = Field((), max_length=MOST)


class Evidence(Details):
    """A document that shows something: a link, or a file that stays within the case."""

    number: Line = Field("", description="Given by the registry.")
    kind: Literal["link", "upload"] = "link"
    title: Line = Field(min_length=1)
    address: Iri = Field("", description="For a link: where it is.")
    media_type: Line = Field("", description="Such as application/pdf.")
    dated: date = Field(description="The day of the document.")
    digest: Annotated[str, StringConstraints(pattern="^([0-9a-f]{64})?$")] = Field(
        "", description="The SHA-256 of its bytes, in hexadecimal figures."
    )
    confidential: bool = Field(True, description="Whether only the parties of the case may know of it.")
    supports: tuple[Iri, ...] = Field(
        (), max_length=SOME, description="The IRIs of the uses of criteria that it speaks for."
    )


class EvidenceGone(Details):
    """Which document is taken out of the case."""

    number: Line = Field(min_length=1)


class Judged(Details):
    """What an assessor found for one use of a criterion."""

    use: Iri = Field(min_length=1)
    outcome: Literal["met", "not-met", "not-applicable"]
    evidence: tuple[Line, ...] = Field(
        (), max_length=SOME, description="The numbers of the evidence that was looked at."
    )
    note: Text = ""


class Judgement(Details):
    """What an assessor found."""

    judgements: tuple[Judged, ...] = Field((), max_length=MOST)


class Audit(Judgement):
    """A visit: when, and how many were heard; never who."""

    sessions: tuple[date, ...] = Field(min_length=1, max_length=SOME, description="The days of the sessions.")
    mentors: int = Field(ge=0, le=10_000, description="How many mentors were heard.")
    mentees: int = Field(ge=0, le=10_000, description="How many mentees were heard.")


class ConditionAsked(Details):
    """Something to be mended by a day."""

    text: Text = Field(min_length=1)
    due: date
    uses: tuple[Iri, ...] = Field(
        (), max_length=SOME, description="The uses of criteria that are open until then."
    )


class Recommendation(Details):
    """What those who assessed recommend: a level, or none."""

    level: Iri = Field("", description="The IRI of the level; empty to recommend a refusal.")
    conditions: tuple[ConditionAsked, ...] = Field((), max_length=SOME)


class Grant(Details):
    """A decision to award."""

    level: Iri = Field("", description="The IRI of the level; the recommended one if not said.")
    valid_from: date | None = Field(None, description="The first day; the day of the decision if not said.")
    expires: date | None = Field(None, description="The last day; as the scheme says if not said.")
    conditions: tuple[ConditionAsked, ...] = Field((), max_length=SOME)


class Extension(Details):
    """Until when the label holds from now on."""

    expires: date


class ConditionMet(Details):
    """Which condition was mended."""

    number: int = Field(ge=1)


DETAILS: Final[dict[str, type[Details]]] = {
    "open": Opening,
    "self-assess": SelfAssessment,
    "add-evidence": Evidence,
    "remove-evidence": EvidenceGone,
    "read-documents": Judgement,
    "audit": Audit,
    "recommend": Recommendation,
    "grant": Grant,
    "extend": Extension,
    "meet-condition": ConditionMet,
}
"""What is said with each act; with all others nothing but the day and the reason."""

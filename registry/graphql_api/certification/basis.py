"""What everybody may know of how a label came about: how many were heard, and evidence that is no secret."""

from __future__ import annotations

from datetime import date

import strawberry

from registry.certification.life.act import Act
from registry.certification.life.case import Case
from registry.certification.statement import FEWEST, public_evidence

__all__ = ["LabelAudit", "LabelEvidence", "heard", "shown_evidence"]


@strawberry.type(description="How a project was visited before a label was granted, all visits together.")
class LabelAudit:
    """Visits, as everybody may know of them."""

    sessions: int = strawberry.field(description="How many sessions there were.")
    last: date = strawberry.field(description="The day of the last one.")
    mentors: int | None = strawberry.field(
        description="How many mentors were heard; null for so few that they could be guessed."
    )
    mentees: int | None = strawberry.field(
        description="How many mentees were heard; null for so few that they could be guessed."
    )


@strawberry.type(description="A document behind a link that speaks for a label and is open to everybody.")
class LabelEvidence:
    """Evidence, as everybody may know of it."""

    title: str = strawberry.field(description="What it is called.")
    address: str = strawberry.field(description="Where it is.")
    dated: date = strawberry.field(description="The day of the document.")
    supports: list[str] = strawberry.field(description="The IRIs of the uses of criteria that it speaks for.")

    @classmethod
    def of(cls, act: Act) -> LabelEvidence:
        """Give a document to a client."""
        told = act.details
        return cls(
            title=told["title"],
            address=told["address"],
            dated=date.fromisoformat(told["dated"]),
            supports=list(told.get("supports", ())),
        )


def heard(case: Case) -> LabelAudit | None:
    """Tell a client how a project was visited; of a few people not even how many they were."""
    visits = [act.details for act in case.all("audit")]
    days = sorted(day for told in visits for day in told["sessions"])
    if not days:
        return None
    mentors, mentees = (sum(told[word] for told in visits) for word in ("mentors", "mentees"))
    return LabelAudit(
        sessions=len(days),
        last=date.fromisoformat(days[-1]),
        mentors=mentors if mentors >= FEWEST else None,
        mentees=mentees if mentees >= FEWEST else None,
    )


def shown_evidence(case: Case) -> list[LabelEvidence]:
    """Give a client the documents that are open to everybody."""
    return [LabelEvidence.of(act) for act in public_evidence(case)]

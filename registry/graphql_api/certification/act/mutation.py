"""The whole way of a case: one mutation for each act, each done whole or not at all."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Annotated, Final

import strawberry

from registry.certification.conduct import conduct
from registry.certification.order import Order
from registry.errors import InvalidDataError
from registry.graphql_api.certification.act import given
from registry.graphql_api.certification.party.case import Case, shown
from registry.graphql_api.certification.party.entry import enter
from registry.graphql_api.field import costly
from registry.graphql_api.session import Asked

__all__ = ["Mutation"]

WEIGHT: Final = 1_000
"""What an act costs, so that no request holds more than a few of them."""

Number = Annotated[str, strawberry.argument(description="The number of the case, or its IRI.")]
On = Annotated[
    date | None,
    strawberry.argument(
        description="The day on which it was done or takes effect; today if not said, and never after today."
    ),
]
Reason = Annotated[str, strawberry.argument(description="Why; every decision needs a reason.")]
What = strawberry.argument(description="What belongs to this act.")
act: Final = costly(WEIGHT)


@strawberry.type(
    description="Acts in a case, for those who sign in with a token. Several in one request are done in "
    "order, each whole or not at all; what is refused gives null and says why."
)
class Mutation:
    """Acts in a case."""

    @act
    def open_case(
        self, info: Asked, details: Annotated[given.OpeningInput, What], on: On = None, reason: Reason = ""
    ) -> Case | None:
        """Begin an application for a label."""
        return _done(info, "open", "", on, reason, details)

    @act
    def self_assess(
        self,
        info: Asked,
        case: Number,
        details: Annotated[given.SelfAssessmentInput, What],
        on: On = None,
        reason: Reason = "",
    ) -> Case | None:
        """Say for each criterion how the project stands; it may be done again until it is submitted."""
        return _done(info, "self-assess", case, on, reason, details)

    @act
    def add_evidence(
        self,
        info: Asked,
        case: Number,
        details: Annotated[given.EvidenceInput, What],
        on: On = None,
        reason: Reason = "",
    ) -> Case | None:
        """Add a document that shows something: a link, or a file that stays within the case."""
        told = dict(given.told(details))
        content = told.pop("content", None)
        upload = None if content is None else _decoded(content)
        told["kind"] = "link" if upload is None else "upload"
        return _do(info, Order("add-evidence", _day(info, on), reason, told), case, upload)

    @act
    def remove_evidence(
        self,
        info: Asked,
        case: Number,
        details: Annotated[given.EvidenceGoneInput, What],
        on: On = None,
        reason: Reason = "",
    ) -> Case | None:
        """Take a document out of a case before it is submitted."""
        return _done(info, "remove-evidence", case, on, reason, details)

    @act
    def submit(self, info: Asked, case: Number, on: On = None, reason: Reason = "") -> Case | None:
        """Hand an application in."""
        return _done(info, "submit", case, on, reason)

    @act
    def withdraw(self, info: Asked, case: Number, on: On = None, reason: Reason = "") -> Case | None:
        """Take an application back."""
        return _done(info, "withdraw", case, on, reason)

    @act
    def send_back(self, info: Asked, case: Number, on: On = None, reason: Reason = "") -> Case | None:
        """Ask the project to mend something first."""
        return _done(info, "send-back", case, on, reason)

    @act
    def read_documents(
        self,
        info: Asked,
        case: Number,
        details: Annotated[given.JudgementInput, What],
        on: On = None,
        reason: Reason = "",
    ) -> Case | None:
        """Say what was found in the documents."""
        return _done(info, "read-documents", case, on, reason, details)

    @act
    def audit(
        self,
        info: Asked,
        case: Number,
        details: Annotated[given.AuditInput, What],
        on: On = None,
        reason: Reason = "",
    ) -> Case | None:
        """Say when the project was visited, how many were heard, and what was found."""
        return _done(info, "audit", case, on, reason, details)

    @act
    def recommend(
        self,
        info: Asked,
        case: Number,
        details: Annotated[given.RecommendationInput, What],
        on: On = None,
        reason: Reason = "",
    ) -> Case | None:
        """Recommend a level, or a refusal, to those who decide."""
        return _done(info, "recommend", case, on, reason, details)

    @act
    def grant(
        self,
        info: Asked,
        case: Number,
        details: Annotated[given.GrantInput, What],
        on: On = None,
        reason: Reason = "",
    ) -> Case | None:
        """Decide to award the label."""
        return _done(info, "grant", case, on, reason, details)

    @act
    def refuse(self, info: Asked, case: Number, on: On = None, reason: Reason = "") -> Case | None:
        """Decide not to award the label."""
        return _done(info, "refuse", case, on, reason)

    @act
    def extend(
        self,
        info: Asked,
        case: Number,
        details: Annotated[given.ExtensionInput, What],
        on: On = None,
        reason: Reason = "",
    ) -> Case | None:
        """Move the end of a label to a later day."""
        return _done(info, "extend", case, on, reason, details)

    @act
    def meet_condition(
        self,
        info: Asked,
        case: Number,
        details: Annotated[given.ConditionMetInput, What],
        on: On = None,
        reason: Reason = "",
    ) -> Case | None:
        """Say that something was mended that had to be."""
        return _done(info, "meet-condition", case, on, reason, details)

    @act
    def suspend(self, info: Asked, case: Number, on: On = None, reason: Reason = "") -> Case | None:
        """Put a label out of force for a time."""
        return _done(info, "suspend", case, on, reason)

    @act
    def reinstate(self, info: Asked, case: Number, on: On = None, reason: Reason = "") -> Case | None:
        """Put a suspended label in force again."""
        return _done(info, "reinstate", case, on, reason)

    @act
    def revoke(self, info: Asked, case: Number, on: On = None, reason: Reason = "") -> Case | None:
        """Take a label away."""
        return _done(info, "revoke", case, on, reason)

    @act
    def appeal(self, info: Asked, case: Number, on: On = None, reason: Reason = "") -> Case | None:
        """Ask the body to look at a decision again."""
        return _done(info, "appeal", case, on, reason)

    @act
    def uphold(self, info: Asked, case: Number, on: On = None, reason: Reason = "") -> Case | None:
        """Stay with a decision after an appeal."""
        return _done(info, "uphold", case, on, reason)

    @act
    def overturn(self, info: Asked, case: Number, on: On = None, reason: Reason = "") -> Case | None:
        """Take a decision back after an appeal."""
        return _done(info, "overturn", case, on, reason)


def _done(
    info: Asked, name: str, case: str, on: date | None, reason: str, details: object | None = None
) -> Case:
    """Do an act, and give the case after it."""
    return _do(info, Order(name, _day(info, on), reason, given.told(details) if details else {}), case)


def _do(info: Asked, order: Order, case: str, upload: bytes | None = None) -> Case:
    entry = enter(info)
    after = conduct(entry.desk, entry.actor, order, case, upload)
    return shown(enter(info), after)


def _day(info: Asked, on: date | None) -> date:
    return on or enter(info).desk.today()


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidDataError(
            "no-base64", "The file cannot be read as Base64. Send its bytes in that form (RFC 4648)."
        ) from error

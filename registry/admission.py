"""Decides what becomes of a description that came in: published, held for a person, or rejected.

Rejected means: the last good version stays, and the publisher is told why. Whether a
description meets any quality standard plays no part: a listing asks far less than a label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.ledger import Happening
from registry.validation.assessment import Assessment, assess
from registry.validation.standard import BASIC

if TYPE_CHECKING:
    from datetime import date

    from registry.ingest.document import Document
    from registry.validation.standard import Library

__all__ = ["Verdict", "admit"]

PROFILE = "profile"
"""The standard that says what a listing needs."""


@dataclass(frozen=True)
class Verdict:
    """What becomes of a description, and why."""

    happening: Happening
    reasons: tuple[str, ...]
    assessment: Assessment


def admit(document: Document, library: Library, on: date) -> Verdict:
    """Hold a description against the profile and decide.

    What is missing at the basic level rejects it. A remark that only a person can settle,
    such as a private mailbox as the address of a project, holds it.
    """
    assessment = assess(document.graph, library, library.standard(PROFILE), on)
    if not assessment.conforms:
        return Verdict(Happening.REJECTED, _lacking(assessment), assessment)
    doubts = tuple(remark.message for remark in document.remarks if remark.needs_person)
    if doubts:
        return Verdict(Happening.HELD, doubts, assessment)
    return Verdict(Happening.ACCEPTED, (), assessment)


def _lacking(assessment: Assessment) -> tuple[str, ...]:
    """Say in English what the description lacks at the basic level, each thing once."""
    basic = (one for one in assessment.findings if one.check.use.level == BASIC)
    return tuple(dict.fromkeys(one.check.use.criterion.names["en"] for one in basic))

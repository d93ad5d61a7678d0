"""Decides what becomes of a description that came in: published, held for a person, or rejected.

Rejected means: the last good version stays, and the publisher is told why. Whether a
description meets any quality standard plays no part: a listing asks far less than a label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import Literal
from rdflib.namespace import SH

from registry.check import PROFILE
from registry.ledger import Happening
from registry.validation.assessment import Assessment, assess
from registry.validation.composition import compose
from registry.validation.standard import BASIC
from registry.vocabulary import ENGLISH

if TYPE_CHECKING:
    from datetime import date

    from rdflib import Graph

    from registry.ingest.document import Document
    from registry.validation.standard import Library

__all__ = ["Verdict", "admit"]


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
    profile = library.standard(PROFILE)
    assessment = assess(document.graph, library, profile, on)
    if not assessment.conforms:
        reasons = _lacking(assessment, compose(library, profile, on).shapes)
        return Verdict(Happening.REJECTED, reasons, assessment)
    doubts = tuple(remark.message for remark in document.remarks if remark.needs_person)
    if doubts:
        return Verdict(Happening.HELD, doubts, assessment)
    return Verdict(Happening.ACCEPTED, (), assessment)


def _lacking(assessment: Assessment, shapes: Graph) -> tuple[str, ...]:
    """Say in English what the description lacks at the basic level, each thing once."""
    basic = (one.result.shape for one in assessment.findings if one.check.use.level == BASIC)
    messages = (text for shape in basic for text in shapes.objects(shape, SH.message))
    english = (str(text) for text in messages if isinstance(text, Literal) and text.language == ENGLISH)
    return tuple(dict.fromkeys(english))

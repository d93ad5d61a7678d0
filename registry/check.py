"""Holds a description against what a listing needs and against the standards that it claims to meet."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, URIRef

from registry.ingest.remark import Remark
from registry.validation.assessment import assess
from registry.vocabulary import KOEPEL, STANDARD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rdflib import Graph

    from registry.ingest.document import Document
    from registry.validation.assessment import Assessment
    from registry.validation.standard import Library, Standard

__all__ = ["PROFILE", "Checked", "check"]

PROFILE: Final = "profile"
"""The standard that says what a listing needs."""


@dataclass(frozen=True, eq=False)
class Checked:
    """A description with everything that was found in it, standard by standard."""

    document: Document
    rulebook: Library
    on: date
    assessments: tuple[Assessment, ...]
    remarks: tuple[Remark, ...]
    """What ingest remarked, and what the claims themselves call for."""

    @property
    def conforms(self) -> bool:
        """True when no standard misses anything basic, and at least one found something to look at.

        A description in which nothing is recognised misses nothing, and is still no good.
        """
        looked = any(_looks_at(one.standard, self.document.graph) for one in self.assessments)
        return looked and all(one.conforms for one in self.assessments)


def check(document: Document, library: Library, standards: Sequence[str] | None, on: date) -> Checked:
    """Hold a description against standards as they stand on a day.

    Without a choice these are the profile and every standard that the description claims to meet.
    Raises `NotFoundError` for a chosen standard that is not installed.
    """
    claims, unknown = _claims(document.graph, library)
    chosen = [library.standard(token) for token in dict.fromkeys(standards or (PROFILE, *claims))]
    remarks = [] if standards else [_unknown(claim, library) for claim in unknown]
    idle = [_idle(one) for one in chosen if not _looks_at(one, document.graph)]
    assessments = tuple(assess(document.graph, library, one, on) for one in chosen)
    return Checked(document, library, on, assessments, (*document.remarks, *remarks, *idle))


def _claims(graph: Graph, library: Library) -> tuple[list[str], list[str]]:
    """Find the standards that a description claims to meet: those known here, and the names of the others."""
    claimed = graph.objects(None, KOEPEL.meets)
    claims = sorted({str(one) for one in claimed if not isinstance(one, BNode)})
    found = {claim: library.claimed_by(URIRef(claim)) for claim in claims}
    known = [standard.token for standard in found.values() if standard is not None]
    return known, [claim for claim, standard in found.items() if standard is None]


def _unknown(claim: str, library: Library) -> Remark:
    token = claim.removeprefix(STANDARD).partition("#")[0]
    choices = get_close_matches(token, library.standards) or library.standards
    return Remark(
        "unknown-standard-claimed",
        "The description claims to meet the standard {claim}, which is unknown here and was not checked. "
        "Known are: {choices}.",
        {"claim": token, "choices": ", ".join(choices)},
    )


def _idle(standard: Standard) -> Remark:
    return Remark(
        "nothing-to-look-at",
        "The standard {standard} found nothing to look at: nothing in the description is of a kind that it "
        "judges. Check the line that says what the project is, such as: a koepel:Project.",
        {"standard": standard.token},
    )


def _looks_at(standard: Standard, graph: Graph) -> bool:
    judged = {one for use in standard.uses for one in use.judges}
    return any((None, RDF.type, one) in graph for one in judged)

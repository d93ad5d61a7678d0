"""The part of a label that a machine decided, run again: same statements, same rules, same day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rdflib import Graph

from registry.errors import InvalidDataError
from registry.ingest.canonical import to_graph
from registry.label.proof import canonical_lines
from registry.validation.assessment import assess
from registry.validation.composition import TEXTS, compose

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from registry.validation.standard import Library

__all__ = ["MACHINE", "Compared", "compare", "rules_text"]

MACHINE: Final = "machine"


@dataclass(frozen=True)
class Compared:
    """What a label says that the machine found for one use of a criterion, and what it finds now."""

    use: str
    """The IRI of the use."""
    before: str
    """A code of the list `outcome`."""
    now: str
    """The same; empty where the criterion is looked at no more."""

    @property
    def same(self) -> bool:
        """Tell whether the machine says the same again."""
        return self.before == self.now


def compare(
    library: Library,
    canonical: bytes,
    told: Mapping[str, Mapping[str, str]],
    subject: str,
    standard: str,
    version: str,
    day: date,
) -> tuple[Compared, ...]:
    """Hold the statements of a description against one version of a standard, as on a day of the past.

    Args:
        library: The standards that are installed here.
        canonical: The statements, as canonical N-Quads.
        told: What the label says, by the IRI of each use of a criterion; only what a machine decided counts.
        subject: The IRI of the initiative.
        standard: The short name of the standard.
        version: Its version.
        day: The day of the assessment.

    Raises:
        NotFoundError: The standard, or this version of it, is not installed here.
        InvalidDataError: The description is no N-Quads, whatever its digest.
    """
    rules = library.standard(standard).at(version)
    found = assess(_statements(canonical), library, rules, day)
    now = {
        str(use.iri): outcome
        for card in found.scorecards
        if str(card.subject) == subject
        for row in card.rows
        for use, outcome in row.criteria
    }
    return tuple(
        Compared(use, one["outcome"], str(now.get(use, "")))
        for use, one in sorted(told.items())
        if one.get("mode") == MACHINE
    )


def _statements(canonical: bytes) -> Graph:
    try:
        return to_graph(canonical, blank_prefix="description")
    except (SyntaxError, ValueError, TypeError) as error:
        raise InvalidDataError(
            "assessed-unreadable", "The description that the label names cannot be read as N-Quads."
        ) from error


@lru_cache(maxsize=64)
def rules_text(library: Library, standard: str, version: str, day: date) -> bytes:
    """Give a version of a standard as one SHACL file in canonical N-Triples, without what is only to be read.

    So a better wording or another language changes nothing about the digest, and another rule does.
    """
    shapes = compose(library, library.standard(standard).at(version), day).shapes
    rules = Graph()
    for triple in shapes:
        if triple[1] not in TEXTS:
            rules.add(triple)
    return canonical_lines(rules.serialize(format="nt"))

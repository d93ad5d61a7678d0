"""The validator's own report in Turtle, as SHACL §3.6 describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDF, BNode, Graph, Literal
from rdflib.namespace import DCTERMS, SH

from registry.readiness import EARL
from registry.vocabulary import CODE, KOEPEL, STANDARD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from registry.validation.assessment import Assessment, Coming
    from registry.validation.standard import Standard

__all__ = ["render"]


def render(assessments: Sequence[Assessment]) -> str:
    """Write the reports of a check, one `sh:ValidationReport` per standard.

    A single report is given exactly as the validator made it. Among several, `dct:conformsTo` tells which
    standard each is about; whether that standard is met stands in `sh:conforms`. What is announced stands
    beside the reports, in assertions (EARL 1.0 Schema, section 2.1) about each use that a version adds, with
    the version in which it begins to count.
    """
    merged = Graph()
    merged.bind("koepel", KOEPEL)
    merged.bind("sh", SH)
    for one in assessments:
        merged += one.report
        merged.bind(one.standard.token, f"{STANDARD}{one.standard.token}#")
        if len(assessments) > 1:
            for report in one.report.subjects(RDF.type, SH.ValidationReport):
                merged.add((report, DCTERMS.conformsTo, one.standard.iri))
        for coming in one.coming:
            merged += _announced(one.standard, coming)
    return merged.serialize(format="turtle")


def _announced(standard: Standard, coming: Coming) -> Graph:
    """Tell how the initiatives stand with what a version adds, and from when that counts."""
    told, version = Graph(), BNode()
    told.bind("earl", EARL)
    told.add((standard.iri, KOEPEL.hasVersion, version))
    told.add((version, OWL.versionInfo, Literal(coming.version.number)))
    told.add((version, KOEPEL.countsFrom, Literal(coming.version.counts_from)))
    added = {use.iri for use in coming.added.uses}
    for card in coming.scorecards:
        for use, outcome in (one for row in card.rows for one in row.criteria if one[0].iri in added):
            assertion, result = BNode(), BNode()
            told.add((assertion, RDF.type, EARL.Assertion))
            told.add((assertion, EARL.subject, card.subject))
            told.add((assertion, EARL.test, use.iri))
            told.add((assertion, EARL.mode, EARL.automatic))
            told.add((assertion, EARL.result, result))
            told.add((assertion, KOEPEL.level, use.level))
            told.add((assertion, KOEPEL.sinceVersion, Literal(coming.version.number)))
            told.add((result, RDF.type, EARL.TestResult))
            told.add((result, EARL.outcome, CODE[f"outcome/{outcome}"]))
    return told

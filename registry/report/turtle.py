"""The validator's own report in Turtle, as SHACL §3.6 describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, Graph
from rdflib.namespace import DCTERMS, SH

from registry.vocabulary import KOEPEL, STANDARD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from registry.validation.assessment import Assessment

__all__ = ["render"]


def render(assessments: Sequence[Assessment]) -> str:
    """Write the reports of a check, one `sh:ValidationReport` per standard.

    A single report is given exactly as the validator made it. Among several, `dct:conformsTo` tells which
    standard each is about; whether that standard is met stands in `sh:conforms`.
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
    return merged.serialize(format="turtle")

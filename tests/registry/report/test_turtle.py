"""The validator's own report."""

from collections import Counter
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, BNode, Graph
from rdflib.namespace import DCTERMS, SH
from rdflib.term import Node

from registry.check import Checked, check
from registry.draft import read_draft
from registry.report import turtle
from registry.validation.composition import compose
from registry.validation.standard import load_library
from tests.registry.sample import COMPLETE, DAY, sample_check

EXAMPLES = Path(__file__).parents[3] / "examples"
TOLD = (
    SH.focusNode,
    SH.resultMessage,
    SH.resultSeverity,
    SH.sourceConstraintComponent,
    SH.sourceShape,
    SH.value,
)


def results(report: Graph) -> Counter[tuple[tuple[str, ...], ...]]:
    """List what a report says, with blank nodes made equal."""
    nodes = report.objects(next(report.subjects(RDF.type, SH.ValidationReport)), SH.result)
    return Counter(tuple(tuple(sorted(map(plain, report.objects(one, p)))) for p in TOLD) for one in nodes)


def plain(node: Node) -> str:
    """Write a term out, and a blank node without its label."""
    return "_:" if isinstance(node, BNode) else node.n3()


def checked(name: str, *standards: str) -> Checked:
    """Check one of the examples."""
    path = EXAMPLES / name
    return check(read_draft(path.read_bytes(), path.name), load_library(), standards, DAY)


@pytest.mark.parametrize("standard", ["cms", "flanders", "profile"])
@pytest.mark.parametrize("name", ["fictitious/starting-project.ttl", "countries/catalonia/pcr-mentoring.ttl"])
def test_the_report_says_what_pyshacl_says_by_itself(name: str, standard: str) -> None:
    one = checked(name, standard)
    shapes = compose(one.rulebook, one.rulebook.standard(standard), DAY).shapes
    fresh = Graph().parse(data=shapes.serialize(format="turtle"), format="turtle")

    told = results(Graph().parse(data=turtle.render(one.assessments), format="turtle"))

    _, expected, _ = validate(one.document.graph, shacl_graph=fresh)
    assert isinstance(expected, Graph)
    assert told == results(expected)


def test_a_single_report_has_nothing_added() -> None:
    (assessment,) = sample_check(COMPLETE, "gentle").assessments

    written = Graph().parse(data=turtle.render([assessment]), format="turtle")

    assert len(written) == len(assessment.report)
    assert list(written.subject_objects(DCTERMS.conformsTo)) == []


def test_several_reports_in_one_file_name_their_standards() -> None:
    assessments = sample_check(COMPLETE, "gentle", "strict").assessments

    written = Graph().parse(data=turtle.render(assessments), format="turtle")

    reports = set(written.subjects(RDF.type, SH.ValidationReport))
    assert {written.value(one, DCTERMS.conformsTo) for one in reports} == {
        one.standard.iri for one in assessments
    }

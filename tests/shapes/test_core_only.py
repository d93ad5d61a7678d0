"""Every standard is SHACL Core that stands on its own, and no criterion holds a threshold."""

from datetime import date

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH

from registry.validation.composition import SEVERITIES, compose
from registry.validation.standard import Library
from registry.vocabulary import KOEPEL
from shapes import FOLDER, shape_files

TOKENS = sorted(path.parent.name for path in FOLDER.glob("*/standard.ttl"))
TERMS = """
    NodeShape PropertyShape targetClass property node path alternativePath inversePath
    name description message severity Violation Warning
    minCount maxCount datatype nodeKind IRI in hasValue pattern uniqueLang
    minInclusive maxInclusive minExclusive qualifiedValueShape qualifiedMinCount or and not
"""
CORE = {SH[name] for name in TERMS.split()}
"""The terms of SHACL Core that the shapes use; each is shown to mean the same to three engines."""

EXISTENCE = {SH.minCount: 1, SH.qualifiedMinCount: 1, SH.maxCount: 1, SH.minExclusive: 0}
"""The only numbers a criterion may hold: they tell whether something is there at all."""


def terms(graph: Graph) -> set[URIRef]:
    """List every SHACL term in a graph."""
    return {term for triple in graph for term in triple if isinstance(term, URIRef) and term in SH}


@pytest.fixture(params=TOKENS)
def composed(request: pytest.FixtureRequest, library: Library, today: date) -> Graph:
    """The shapes of one standard."""
    return compose(library, library.standard(request.param), today).shapes


def test_a_standard_uses_terms_of_shacl_core_only(composed: Graph) -> None:
    assert terms(composed) <= CORE


def test_a_standard_needs_no_koepel_term_to_be_understood(composed: Graph) -> None:
    assert {predicate for predicate in composed.predicates() if str(predicate).startswith(KOEPEL)} == set()


def test_a_standard_holds_every_shape_that_it_names(composed: Graph) -> None:
    links = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
    named = {shape for link in links for shape in composed.objects(None, link)}
    for choice in (SH["or"], SH["and"]):
        named |= {shape for start in composed.objects(None, choice) for shape in Collection(composed, start)}

    assert [shape for shape in named if (shape, None, None) not in composed] == []


def test_a_value_is_compared_with_one_value_only(composed: Graph) -> None:
    single = (SH.path, SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.minCount, SH.qualifiedMinCount)
    stated = [(shape, term) for term in single for shape in composed.subjects(term, unique=True)]

    assert [pair for pair in stated if len(set(composed.objects(*pair))) > 1] == []


def test_a_result_is_as_severe_as_the_level_of_its_criterion(library: Library, today: date) -> None:
    for standard in library.standards.values():
        composition = compose(library, standard, today)
        for name, check in composition.checks.items():
            assert composition.shapes.value(name, SH.severity) == SEVERITIES[check.use.level]


def test_no_criterion_holds_a_threshold() -> None:
    limits = (SH.minInclusive, SH.maxInclusive, SH.maxExclusive, SH.qualifiedMaxCount)
    for path in (path for path in shape_files() if path.parent.name == "criteria"):
        graph = Graph().parse(path)

        assert [limit for limit in limits if (None, limit, None) in graph] == []
        for term, value in EXISTENCE.items():
            assert {int(str(one)) for one in graph.objects(None, term)} <= {value}, path.name


def test_every_inner_shape_is_used(library: Library) -> None:
    graph = library.graph
    inner = {shape for shape in graph.subjects(RDF.type, SH.NodeShape) if isinstance(shape, URIRef)}

    assert [shape for shape in inner if (None, None, shape) not in graph] == []


def test_a_shape_belongs_to_the_criterion_whose_name_it_bears(library: Library) -> None:
    for criterion in library.graph.subjects(RDF.type, KOEPEL.Criterion):
        for shape in library.graph.objects(criterion, KOEPEL.checkedByShape):
            assert str(shape).startswith(f"{criterion}-")

"""Where every initiative stands becomes part of the graph, as a check of its document would tell it."""

from datetime import date

import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS

from registry.dataset import example_documents
from registry.readiness import assertions, outcomes
from registry.validation.assessment import Assessment, Outcome, assess
from registry.validation.standard import ADDITIONAL, BASIC, load_library
from registry.vocabulary import CODE, EXAMPLE, KOEPEL

EARL = Namespace("http://www.w3.org/ns/earl#")
DAY = date(2026, 11, 21)
STARTING = EXAMPLE["fictitious/starting-project#project"]


@pytest.fixture(scope="module")
def document() -> Graph:
    """The document of a project that is only beginning."""
    path = example_documents(fictitious=True)[str(EXAMPLE["fictitious/starting-project"])]
    return Graph().parse(path, format="turtle")


@pytest.fixture(scope="module")
def found(document: Graph) -> Graph:
    """What the graph says about it."""
    return assertions(document, load_library(), DAY)


@pytest.fixture(scope="module")
def checked(document: Graph) -> Assessment:
    """What a check says about it."""
    return assess(document, load_library(), load_library().standard("cms"), DAY)


def outcome(graph: Graph, test: URIRef, level: URIRef) -> str:
    """Read the one outcome of a test at a level."""
    named = {one for one in graph.subjects(EARL.test, test) if (one, KOEPEL.level, level) in graph}
    (assertion,) = {one for one in named if (one, EARL.subject, STARTING) in graph}
    result = graph.value(assertion, EARL.result)
    return str(graph.value(result, EARL.outcome)).removeprefix(f"{CODE}outcome/")


def test_the_graph_says_what_a_check_says(found: Graph, checked: Assessment) -> None:
    rows = checked.scorecards[0].rows

    assert len(rows) == 10
    for row in rows:
        assert outcome(found, row.requirement.iri, BASIC) == row.basic.value


def test_a_standard_as_a_whole_has_the_worst_outcome(found: Graph, checked: Assessment) -> None:
    rows = checked.scorecards[0].rows
    worst = Outcome.worst(row.basic for row in rows)

    assert outcome(found, checked.standard.iri, BASIC) == worst == Outcome.NOT_MET


def test_the_criteria_that_keep_a_requirement_open_are_named(found: Graph, checked: Assessment) -> None:
    for row in checked.scorecards[0].rows:
        still_open = {
            use.criterion.iri
            for use, one in row.criteria
            if use.level == BASIC and one not in {Outcome.MET, Outcome.NOT_APPLICABLE}
        }
        tests = found.subjects(EARL.test, row.requirement.iri)
        (assertion,) = [one for one in tests if (one, KOEPEL.level, BASIC) in found]
        assert set(found.objects(assertion, KOEPEL.criterion)) == still_open


def test_a_level_at_which_nothing_is_asked_has_no_outcome(found: Graph) -> None:
    library = load_library()
    silent = [
        (requirement.iri, level)
        for standard in library.standards.values()
        for requirement in standard.requirements
        for level in (BASIC, ADDITIONAL)
        if not any(use.level == level for use in requirement.uses)
    ]

    assert silent
    told = {
        (found.value(one, EARL.test), found.value(one, KOEPEL.level)) for one in found.subjects(EARL.test)
    }
    assert told.isdisjoint(silent)


def test_every_assertion_is_dated_and_made_by_machine(found: Graph) -> None:
    made = set(found.subjects(RDF.type, EARL.Assertion))

    assert made
    assert {str(found.value(one, DCTERMS.date)) for one in made} == {"2026-11-21"}
    assert {found.value(one, EARL.mode) for one in made} == {EARL.automatic}


def test_what_no_standard_judges_has_no_standing() -> None:
    organisation = Graph().parse(data="<urn:a> a <http://www.w3.org/ns/org#Organization> .", format="turtle")

    assert len(assertions(organisation, load_library(), DAY)) == 0


def test_documents_are_looked_at_one_by_one(document: Graph, found: Graph) -> None:
    canonical = document.serialize(format="nt", encoding="utf-8")

    together = Graph().parse(data=outcomes([canonical, canonical], load_library(), DAY), format="nt")
    assert len(list(together.subjects(RDF.type, EARL.Assertion))) == 2 * len(
        list(found.subjects(RDF.type, EARL.Assertion))
    )

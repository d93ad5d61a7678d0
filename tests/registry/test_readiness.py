"""Where every initiative stands becomes part of the graph, as a check of its document would tell it."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import islice
from multiprocessing import get_context

import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.term import Node

from registry import readiness as module
from registry.dataset import example_documents
from registry.readiness import assertions, outcomes, readiness
from registry.validation.assessment import Assessment, Outcome, assess, score
from registry.validation.standard import ADDITIONAL, BASIC, load_library
from registry.vocabulary import CODE, EXAMPLE, KOEPEL

Statement = tuple[Node, Node, Node]
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
    return graph(assertions(document, load_library(), DAY))


def graph(statements: Iterable[Statement]) -> Graph:
    """Gather statements."""
    gathered = Graph()
    for statement in statements:
        gathered.add(statement)
    return gathered


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


def test_every_assertion_is_made_by_machine_and_has_a_result(found: Graph) -> None:
    made = set(found.subjects(RDF.type, EARL.Assertion))

    assert made
    assert {found.value(one, EARL.mode) for one in made} == {EARL.automatic}
    assert len(set(found.objects(None, EARL.result))) == len(made)


def test_an_assertion_is_called_the_same_each_time_and_in_no_two_documents(document: Graph) -> None:
    once, again, elsewhere = (
        set(assertions(document, load_library(), DAY, source)) for source in ("a", "a", "b")
    )

    assert once == again
    assert {one for one, _, _ in once}.isdisjoint(one for one, _, _ in elsewhere)


def test_what_no_standard_judges_has_no_standing() -> None:
    organisation = Graph().parse(data="<urn:a> a <http://www.w3.org/ns/org#Organization> .", format="turtle")

    assert list(assertions(organisation, load_library(), DAY)) == []


def test_all_standards_at_once_find_what_each_finds_alone() -> None:
    library, judged = load_library(), 0
    for path in islice(example_documents(fictitious=True).values(), 0, None, 12):
        description = Graph().parse(path, format="turtle")
        for standard, cards in score(description, library, DAY):
            judged += len(cards)
            assert cards == assess(description, library, standard, DAY).scorecards

    assert judged > 10


NAMELESS = f"_:c14n0 <{RDF.type}> <{KOEPEL.Project}> .\n".encode()


def test_each_document_gets_its_own_outcomes(document: Graph, found: Graph) -> None:
    n_quads = document.serialize(format="nt", encoding="utf-8")

    told = outcomes([("a", n_quads), ("b", NAMELESS), ("c", b"")], load_library(), DAY)

    assert [source for source, _ in told] == ["a", "b", "c"]
    assert told[0][1].count(b"\n") == len(found)
    assert told[1][1].count(b"#subject> _:c14n0 .") > 20
    assert told[2][1] == b""


def test_the_outcomes_are_the_same_whoever_works_them_out(
    document: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    n_quads = document.serialize(format="nt", encoding="utf-8")
    documents = [(f"source-{number}", n_quads) for number in range(5)]
    monkeypatch.setattr(module, "ROUND", 3)
    monkeypatch.setattr(module, "SHARE", 2)

    with ProcessPoolExecutor(2, mp_context=get_context("forkserver")) as executor:
        apart = list(readiness(documents, load_library(), DAY, executor))

    assert apart == list(readiness(documents, load_library(), DAY))

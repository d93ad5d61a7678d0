"""Reports on the examples, in every language: each thing that is talked about has a name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDF, BNode, Graph, URIRef

from registry.check import Checked, check
from registry.formats import Format
from registry.ingest.document import Document
from registry.report.borrowed import borrowed_name
from registry.report.reader import tell
from registry.report.view import ReportView
from registry.validation.standard import Library, load_library
from registry.vocabulary import KOEPEL, LANGUAGES
from tests.registry.sample import DAY

EXAMPLES = Path(__file__).parents[3] / "examples"
DOCUMENTS = sorted(EXAMPLES.rglob("*.ttl"))
MANY_SIDED = (
    "countries/catalonia/pcr-mentoring.ttl",
    "countries/flanders/gent.ttl",
    "countries/germany/menschen-staerken-menschen.ttl",
    "countries/netherlands/buddy-to-buddy.ttl",
    "fictitious/starting-project.ttl",
)
BARE = re.compile(r"https?:|w3id|_:|[0-9a-f]{12}|\{\w*\}")


def checked(path: Path, library: Library, *standards: str) -> Checked:
    """Check an example; its own authors are trusted, so it is read without a guard."""
    graph = Graph().parse(path)
    document = Document(path.name, Format.TURTLE, b"", b"", "", graph)
    return check(document, library, standards, DAY)


def sentences(view: ReportView) -> Iterator[str]:
    """List everything that people read in a report, but not what they copy or wrote themselves."""
    for standard in view.standards:
        yield standard.title
        yield from (card.initiative for card in standard.scorecards)
        yield from (row.title for card in standard.scorecards for row in card.rows)
        for requirement in standard.requirements:
            yield from (requirement.title, *requirement.judgements)
            for advice in requirement.advice:
                yield from (advice.name, advice.suggestion)
                yield from (gap.message for gap in advice.gaps)
                places = [place for gap in advice.gaps for place in gap.places]
                yield from (text for place in places for text in (place.thing, place.property))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_report_names_things_and_never_a_bare_iri_or_blank_node(path: Path) -> None:
    one = checked(path, load_library())
    blank = {str(node) for node in one.document.graph.all_nodes() if isinstance(node, BNode)}

    for language in LANGUAGES:
        told = list(sentences(tell(one, language)))
        assert [text for text in told if BARE.search(text) or text in blank] == []


@pytest.mark.parametrize("name", MANY_SIDED)
def test_a_report_on_all_standards_names_things_too(name: str) -> None:
    library = load_library()
    one = checked(EXAMPLES / name, library, *library.standards)

    for language in LANGUAGES:
        told = list(sentences(tell(one, language)))
        assert len(told) > 100
        assert [text for text in told if BARE.search(text)] == []


def test_every_borrowed_term_in_the_examples_has_a_name() -> None:
    graphs = [Graph().parse(path) for path in DOCUMENTS]
    used = {term for graph in graphs for s, p, o in graph for term in ((p, o) if p == RDF.type else (p,))}

    foreign = {term for term in used if isinstance(term, URIRef) and term not in KOEPEL}
    assert {term for term in foreign if not borrowed_name(term, "en")} == set()

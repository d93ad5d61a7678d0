"""What every example document keeps to, as a publisher's own document would have to."""

from collections.abc import Iterator
from functools import cache
from urllib.parse import urldefrag

import pytest
from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import FOAF

import ontology
from registry.vocabulary import CODE, KOEPEL
from tests.examples.reading import COUNTRIES, DOCUMENTS, read

LANGUAGES = {
    "germany": {"de", "en"},
    "netherlands": {"nl", "en"},
    "catalonia": {"ca", "es", "en"},
    "flanders": {"nl", "en"},
}
COMPLETE = (
    DCTERMS.identifier,
    KOEPEL.about,
    KOEPEL.aspect,
    DCTERMS.description,
    KOEPEL.statedIn,
    KOEPEL.locator,
    KOEPEL.asOf,
)
INITIATIVES = (
    KOEPEL.Programme,
    KOEPEL.Project,
    KOEPEL.Activity,
    KOEPEL.Platform,
    KOEPEL.CivicIntegrationProgramme,
    KOEPEL.MentoringNetwork,
)


@cache
def vocabulary() -> Graph:
    """Read all terms and codes."""
    graph = Graph()
    for path in (*ontology.module_files(), *ontology.codelist_files()):
        graph.parse(path, format="turtle")
    return graph


@cache
def everything() -> Graph:
    """Read all documents together."""
    graph = Graph()
    for iri in DOCUMENTS:
        graph += read(iri)
    return graph


def mentioned(graph: Graph) -> set[URIRef]:
    """List the IRIs that a document mentions, in any place."""
    return {term for triple in graph for term in triple if isinstance(term, URIRef)}


def of_kind(graph: Graph, *kinds: URIRef) -> Iterator[URIRef]:
    """List the named things of some kinds."""
    for kind in kinds:
        yield from (thing for thing in graph.subjects(RDF.type, kind) if isinstance(thing, URIRef))


def languages(graph: Graph, thing: URIRef, term: URIRef) -> set[str]:
    """List the languages in which a thing has a text."""
    return {text.language or "" for text in graph.objects(thing, term) if isinstance(text, Literal)}


@pytest.mark.parametrize("iri", DOCUMENTS)
def test_a_document_describes_only_what_is_its_own(iri: str) -> None:
    subjects = {subject for subject in read(iri).subjects() if isinstance(subject, URIRef)}

    assert {subject for subject in subjects if urldefrag(str(subject)).url != iri} == set()


@pytest.mark.parametrize("iri", DOCUMENTS)
def test_a_document_says_what_it_is_about_by_whom_and_under_which_licence(iri: str) -> None:
    told = {term for term, _ in read(iri).predicate_objects(URIRef(iri))}

    assert {DCTERMS.title, DCTERMS.publisher, DCTERMS.license, DCTERMS.modified} <= told
    assert iri not in COUNTRIES or FOAF.primaryTopic in told


@pytest.mark.parametrize("iri", DOCUMENTS)
def test_a_document_uses_terms_and_codes_that_exist(iri: str) -> None:
    ours = {term for term in mentioned(read(iri)) if term in KOEPEL or term in CODE}
    defined = set(vocabulary().subjects(RDFS.isDefinedBy)) | set(vocabulary().subjects(SKOS.inScheme))

    assert ours - defined == set()


@pytest.mark.parametrize("iri", DOCUMENTS)
def test_a_document_refers_to_things_that_other_documents_describe(iri: str) -> None:
    examples = {term for term in mentioned(read(iri)) if urldefrag(str(term)).url in DOCUMENTS}

    assert {term for term in examples if (term, None, None) not in everything()} == set()


@pytest.mark.parametrize("iri", COUNTRIES)
def test_a_statement_is_complete_and_a_source_of_it_exists(iri: str) -> None:
    graph, sources = read(iri), set(of_kind(everything(), KOEPEL.Source))

    gaps = [
        (one, term)
        for one in of_kind(graph, KOEPEL.Statement)
        for term in COMPLETE
        if not graph.value(one, term)
    ]

    assert gaps == []
    assert {source for source in graph.objects(None, KOEPEL.statedIn) if source not in sources} == set()


@pytest.mark.parametrize("iri", COUNTRIES)
def test_texts_are_in_the_languages_of_the_country(iri: str) -> None:
    graph, expected = read(iri), LANGUAGES[COUNTRIES[iri].parent.name]
    told = [
        (one, DCTERMS.description) for one in of_kind(graph, KOEPEL.Statement, KOEPEL.Objective, *INITIATIVES)
    ]
    titled = [(one, DCTERMS.title) for one in of_kind(graph, *INITIATIVES)]

    lacking = [(one, term) for one, term in (*told, *titled) if not expected <= languages(graph, one, term)]

    assert lacking == []


@pytest.mark.parametrize("iri", COUNTRIES)
def test_what_is_described_rests_on_statements_that_exist(iri: str) -> None:
    bases = set(read(iri).objects(None, KOEPEL.basedOn))

    assert {one for one in bases if (one, RDF.type, KOEPEL.Statement) not in everything()} == set()


def test_who_does_what_always_names_its_source() -> None:
    assignments = set(of_kind(everything(), KOEPEL.TaskAssignment))

    assert assignments
    assert {one for one in assignments if (one, KOEPEL.basedOn, None) not in everything()} == set()


def test_statements_that_contradict_each_other_both_say_so() -> None:
    pairs = set(everything().subject_objects(KOEPEL.conflictsWith))

    assert pairs
    assert {(one, other) for one, other in pairs if (other, one) not in pairs} == set()

"""The alignments speak of terms that exist, on our side and on the other."""

from pathlib import Path

import pytest
from rdflib import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SKOS, VANN, XSD, Graph, URIRef

import ontology
from registry.vocabulary import CODE, CPSV, CV, KOEPEL, SCHEMA
from tests.ontology.reading import read, terms

VOCABULARIES = (DCAT, DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SKOS, VANN, XSD)
NAMESPACES = {
    "cccev": CV,
    "cpsv-ap": CPSV,
    "dcat": DCAT,
    "ipdc-lpdc": "https://productencatalogus.data.vlaanderen.be/ns/ipdc-lpdc#",
    "org": ORG,
    "prov-o": PROV,
    "schema-org": SCHEMA,
    "skos": SKOS,
}
MATCHES = {SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch}
#: Terms read in the vocabularies' own files, where rdflib carries none or an older state.
READ = frozenset((Path(__file__).parent / "foreign-terms.txt").read_text(encoding="utf-8").split("\n"))


def exists(term: URIRef) -> bool:
    """Tell whether a vocabulary has a term."""
    if term in SCHEMA and term.removeprefix(SCHEMA) in SDO.__annotations__:
        return True
    return str(term) in READ or any(term in vocabulary for vocabulary in VOCABULARIES)


def foreign(graph: Graph) -> set[URIRef]:
    """List the terms of other vocabularies that a graph speaks of."""
    nodes = {node for triple in graph for node in triple if isinstance(node, URIRef)}
    headers = {node for header in graph.subjects(RDF.type, OWL.Ontology) for node in graph.objects(header)}
    return {node for node in nodes - headers if not node.startswith("https://w3id.org/koepel")}


def lists(graph: Graph) -> set[URIRef]:
    """List the places that a graph refers its readers to."""
    return {place for place in graph.objects(None, RDFS.seeAlso) if isinstance(place, URIRef)}


def terms_in(graph: Graph) -> set[URIRef]:
    """List our own terms that a graph says something of."""
    return {term for term in graph.subjects() if isinstance(term, URIRef) and term in KOEPEL}


@pytest.mark.parametrize(
    "path", [*ontology.module_files(), *ontology.alignment_files()], ids=lambda path: path.stem
)
def test_every_term_of_another_vocabulary_exists_there(path: Path) -> None:
    graph = read(path)

    assert {term for term in foreign(graph) - lists(graph) if not exists(term)} == set()


@pytest.mark.parametrize("term", [ORG.Organization, SCHEMA.Certification, SCHEMA.Service, PROV.Plan])
def test_a_known_term_is_recognised(term: URIRef) -> None:
    assert exists(term)


@pytest.mark.parametrize(
    "term", [SCHEMA.Buddy, URIRef(f"{ORG}Buddy"), URIRef("http://data.europa.eu/m8g/Buddy")]
)
def test_an_invented_term_is_noticed(term: URIRef) -> None:
    assert not exists(term)


@pytest.mark.parametrize("path", ontology.alignment_files(), ids=lambda path: path.stem)
def test_an_alignment_speaks_of_the_vocabulary_that_it_is_named_after(path: Path) -> None:
    graph = read(path)
    said = {str(value) for term in terms_in(graph) for value in graph.objects(term)}

    assert any(value.startswith(str(NAMESPACES[path.stem])) for value in said)


def test_an_alignment_speaks_of_terms_that_we_have(alignments: Graph, modules: Graph) -> None:
    assert terms_in(alignments) <= terms(modules)


def test_an_alignment_repeats_nothing_that_a_module_says(alignments: Graph, modules: Graph) -> None:
    assert not [triple for triple in alignments & modules if triple[0] in terms_in(alignments)]


def test_a_class_is_placed_below_classes_and_a_property_below_properties(
    alignments: Graph, modules: Graph
) -> None:
    classes = {term for term in terms(modules) if (term, RDF.type, OWL.Class) in modules}

    assert set(alignments.subjects(RDFS.subClassOf)) <= classes
    assert set(alignments.subjects(RDFS.subPropertyOf)) <= terms(modules) - classes


def test_no_two_terms_are_matched_in_more_than_one_way(alignments: Graph) -> None:
    pairs = [(term, other) for term, how, other in alignments if how in MATCHES]

    assert len(pairs) == len(set(pairs))


def test_every_choice_is_made_from_a_list_that_we_have(alignments: Graph, codes: Graph) -> None:
    ours = {place for place in lists(alignments) if place in CODE}

    assert ours
    assert ours <= set(codes.subjects(RDF.type, SKOS.ConceptScheme))

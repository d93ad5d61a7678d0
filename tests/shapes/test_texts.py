"""What people read is there in six languages, says what it compares, and can be pasted."""

import re
from datetime import date

import pytest
from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

import ontology
from registry.validation.composition import compose, fill
from registry.validation.standard import CriterionUse, Library, load_library
from registry.vocabulary import CODE, KOEPEL, LANGUAGES, Labels
from registry.vocabulary import CRITERIA as NAMES
from tests.shapes.case import EVERY
from tests.shapes.engine import turbo

LIBRARY = load_library().graph
SCHEMES = {path.stem for path in ontology.codelist_files()}
PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <http://schema.org/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
""" + "".join(f"@prefix {scheme}: <{CODE}{scheme}/> .\n" for scheme in sorted(SCHEMES))

TEXTS = [
    (KOEPEL.Criterion, SKOS.prefLabel),
    (KOEPEL.Criterion, KOEPEL.suggestion),
    (KOEPEL.Parameter, RDFS.label),
    (KOEPEL.IntensityProfile, RDFS.label),
    (KOEPEL.QualityStandard, DCTERMS.title),
    (KOEPEL.QualityStandard, DCTERMS.description),
    (KOEPEL.StandardVersion, DCTERMS.description),
    (KOEPEL.Requirement, DCTERMS.title),
]
CRITERIA = sorted(LIBRARY.subjects(RDF.type, KOEPEL.Criterion), key=str)
CHECKS = sorted(LIBRARY.objects(None, KOEPEL.checkedByShape), key=str)
#: An intensity profile's condition goes by the name of the intensity; the others have one of their own.
INTENSITIES = {LIBRARY.value(one, KOEPEL.appliesWhen) for one in LIBRARY.subjects(KOEPEL.intensity)}
CONDITIONS = sorted(set(LIBRARY.objects(None, KOEPEL.appliesWhen)) - INTENSITIES, key=str)
TEXT_OF = [
    *((subject, text) for kind, text in TEXTS for subject in LIBRARY.subjects(RDF.type, kind)),
    *((shape, SH.message) for shape in CHECKS),
    *((condition, RDFS.label) for condition in CONDITIONS),
]


def texts(subject: Node, predicate: URIRef) -> dict[str | None, str]:
    """Read the texts of a thing by language; two in one language are an error."""
    found = [one for one in LIBRARY.objects(subject, predicate) if isinstance(one, Literal)]
    by_language = {one.language: str(one) for one in found}
    assert len(by_language) == len(found), f"{subject} says {predicate} twice in one language"
    return by_language


def placeholders(text: str) -> set[str]:
    """List the words between braces."""
    return set(re.findall(r"\{(\w+)\}", text))


def parameters(subject: Node) -> dict[str, URIRef]:
    """List the numeric parameters of a shape by placeholder."""
    found = {}
    for parameter in LIBRARY.objects(subject, KOEPEL.parameter):
        fills = LIBRARY.value(parameter, KOEPEL.fills)
        if isinstance(fills, URIRef) and fills != SH.hasValue:
            found[str(LIBRARY.value(parameter, KOEPEL.placeholder))] = fills
    return found


@pytest.mark.parametrize(("subject", "predicate"), TEXT_OF, ids=str)
def test_a_text_is_there_in_six_languages_with_the_same_placeholders(
    subject: Node, predicate: URIRef
) -> None:
    found = texts(subject, predicate)

    assert set(found) == set(LANGUAGES)
    assert len({frozenset(placeholders(text)) for text in found.values()}) == 1


@pytest.mark.parametrize("shape", CHECKS, ids=str)
def test_a_message_names_the_numbers_that_the_shape_compares(shape: URIRef) -> None:
    assert placeholders(texts(shape, SH.message)["en"]) == set(parameters(shape))


@pytest.mark.parametrize("shape", sorted(LIBRARY.objects(NAMES.L10, KOEPEL.checkedByShape), key=str), ids=str)
def test_a_message_about_a_code_calls_the_list_by_its_name(shape: URIRef) -> None:
    scheme = shape.partition("#L10-")[2]

    for language, text in texts(shape, SH.message).items():
        assert Labels().label(CODE[scheme], str(language)) in text


@pytest.mark.parametrize("criterion", CRITERIA, ids=str)
def test_advice_and_snippet_name_known_numbers_only(criterion: URIRef) -> None:
    shapes = LIBRARY.objects(criterion, KOEPEL.checkedByShape)
    known = {word for shape in shapes for word in parameters(shape)}
    snippet = str(LIBRARY.value(criterion, KOEPEL.snippet))

    assert placeholders(texts(criterion, KOEPEL.suggestion)["en"]) | placeholders(snippet) <= known
    assert snippet.endswith(" ;")


@pytest.fixture(scope="module")
def unmet(library: Library, today: date) -> set[str]:
    """The criteria that stay unmet after their own snippet was pasted, all found in one run."""
    composition = compose(library, library.standard(EVERY), today)
    data = Graph()
    for use in library.standard(EVERY).uses:
        data.parse(data=pasted(use), format="turtle")
    results = turbo(data, composition.shapes)[1]
    pairs = {
        (composition.checks[URIRef(str(one.shape))].use.criterion.identifier, str(one.focus))
        for one in results
    }
    return {identifier for identifier, focus in pairs if focus == host(identifier)}


@pytest.mark.parametrize("criterion", CRITERIA, ids=str)
def test_a_pasted_snippet_mends_what_its_criterion_asks(criterion: URIRef, unmet: set[str]) -> None:
    assert criterion.rpartition("#")[2] not in unmet


def host(identifier: str) -> str:
    """Name the thing into which the snippet of a criterion is pasted."""
    return f"https://example.org/{identifier}#thing"


def pasted(use: CriterionUse) -> str:
    """Paste the snippet of a criterion into a bare description of what the criterion looks at."""
    snippet = fill(use.criterion.snippet, use.thresholds, "en")
    here, there = ("", snippet) if "org:memberOf" in snippet else (snippet, "")
    kind = KOEPEL.Project if KOEPEL.Project in use.judges else use.judges[0]
    thing = host(use.criterion.identifier)
    return f"""{PREFIXES}
        <{thing}> {here} a <{kind}> ; dct:publisher <{thing}-organisation> .
        <{thing}-organisation> {there} a foaf:Organization ."""

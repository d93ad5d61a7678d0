"""The code lists: complete headers, plain definitions, six languages, nothing of the papers forgotten."""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from ontology import codelist_files, label_files
from registry.ledger import Happening
from registry.vocabulary import CODE, ENGLISH, KOEPEL, LANGUAGES

TRANSLATIONS = [language for language in LANGUAGES if language != ENGLISH]
PAPERS = "https://w3id.org/koepel/example/papers#"
LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
KINDS = (SKOS.Concept, SKOS.ConceptScheme, SKOS.Collection)
README = codelist_files()[0].with_name("README.md").read_text(encoding="utf-8")
PROJECT = Path(__file__).parents[2] / "pyproject.toml"
VERSION = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"]


def read(paths: Iterable[Path]) -> Graph:
    """Read Turtle files into one graph."""
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


def literals(graph: Graph, thing: Node | None, term: URIRef) -> list[Literal]:
    """List the texts and numbers that a term gives for a thing, or for all things."""
    return [value for value in graph.objects(thing, term) if isinstance(value, Literal)]


LISTS = read(codelist_files())
LABELS = {language: read(label_files(language)) for language in TRANSLATIONS}
SCHEMES = sorted(LISTS.subjects(RDF.type, SKOS.ConceptScheme), key=str)
CONCEPTS = sorted(LISTS.subjects(RDF.type, SKOS.Concept), key=str)
NAMED = {thing for kind in KINDS for thing in LISTS.subjects(RDF.type, kind)}


def table(first: str, second: str) -> dict[str, set[str]]:
    """Read a table of the README by its two column heads: the key, and what stands in code marks."""
    head = f"| {first} | {second} |\n|---|---|\n"
    rows = README.split(head)[1].split("\n\n")[0].splitlines()
    cells = [row.strip("| ").split(" | ") for row in rows]
    return {key.strip("`[]"): set(re.findall(r"`([^`]+)`", value)) for key, value in cells}


def column(path: Path, name: str) -> set[str]:
    """Read the different values of one column of a table of facts."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row[name] for row in csv.DictReader(file)}


def is_one_sentence(text: str) -> bool:
    """Tell whether a text begins with a capital and ends at its only full stop."""
    return bool(re.fullmatch(r"[A-Z][^.!?\n]*\.", text))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("A person who gives time.", True),
        ("A person. Who gives time.", False),
        ("a person.", False),
        ("A person", False),
    ],
)
def test_a_sentence_has_one_capital_beginning_and_one_end(text: str, verdict: bool) -> None:
    assert is_one_sentence(text) is verdict


@pytest.mark.parametrize("path", codelist_files(), ids=lambda path: path.stem)
def test_a_file_holds_the_list_that_it_is_named_after(path: Path) -> None:
    graph = read([path])
    scheme = CODE[path.stem]

    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    assert set(graph.subjects()) - {scheme} == set(graph.subjects(SKOS.inScheme, scheme))
    assert all(str(code).startswith(f"{scheme}/") for code in graph.subjects(SKOS.inScheme))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_list_has_a_complete_header(scheme: URIRef) -> None:
    title = LISTS.value(scheme, DCTERMS.title)
    issued = LISTS.value(scheme, DCTERMS.issued)

    assert isinstance(issued, Literal)
    assert issued.datatype == XSD.date
    assert LISTS.value(scheme, SKOS.prefLabel) == title
    assert LISTS.value(scheme, DCTERMS.creator) == URIRef("https://w3id.org/koepel")
    assert LISTS.value(scheme, DCTERMS.license) == LICENCE
    assert LISTS.value(scheme, OWL.versionInfo) == Literal(VERSION)


def test_every_list_and_choice_has_one_english_label() -> None:
    labels = {thing: [label.language for label in literals(LISTS, thing, SKOS.prefLabel)] for thing in NAMED}

    assert {thing: found for thing, found in labels.items() if found != ["en"]} == {}


def test_every_list_and_choice_has_a_definition_of_one_sentence() -> None:
    definitions = {thing: [str(text) for text in literals(LISTS, thing, SKOS.definition)] for thing in NAMED}

    assert [
        (thing, texts)
        for thing, texts in definitions.items()
        if [is_one_sentence(t) for t in texts] != [True]
    ] == []


def test_no_definition_begins_with_its_own_label() -> None:
    beginnings = [
        (label, definition)
        for thing in NAMED
        for label in literals(LISTS, thing, SKOS.prefLabel)
        for definition in literals(LISTS, thing, SKOS.definition)
        if re.match(rf"{re.escape(label)}\b", definition, re.IGNORECASE)
    ]

    assert beginnings == []


def test_every_choice_stands_at_the_top_or_below_another_of_its_list() -> None:
    for concept in CONCEPTS:
        scheme = LISTS.value(concept, SKOS.inScheme)
        above = [LISTS.value(wider, SKOS.inScheme) for wider in LISTS.objects(concept, SKOS.broader)]

        assert [*LISTS.objects(concept, SKOS.topConceptOf), *above] == [scheme], concept


def test_every_choice_leads_up_to_a_top_choice() -> None:
    for concept in CONCEPTS:
        *_, highest = LISTS.transitive_objects(concept, SKOS.broader)

        assert highest is not None, concept
        assert LISTS.value(highest, SKOS.broader) is None, concept


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_language_names_every_list_and_choice_once_and_no_unknown_one(language: str) -> None:
    codes = [code for code in LABELS[language].subjects(SKOS.prefLabel) if str(code).startswith(CODE)]

    assert NAMED - set(codes) == set()
    assert set(codes) - NAMED == set()
    assert [code for code, count in Counter(codes).items() if count > 1] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_label_is_marked_with_its_language(language: str) -> None:
    labels = literals(LABELS[language], None, SKOS.prefLabel)

    assert [label for label in labels if label.language != language] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_choices_of_a_list_share_a_label(language: str) -> None:
    graph = LABELS.get(language, LISTS)
    uses = Counter(
        (LISTS.value(code, SKOS.inScheme), str(label).casefold())
        for code in NAMED - set(SCHEMES)
        for label in graph.objects(code, SKOS.prefLabel)
    )

    assert [label for label, count in uses.items() if count > 1] == []


def test_a_place_is_given_only_with_a_source_and_every_source_with_a_place() -> None:
    assert set(LISTS.subjects(KOEPEL.locator)) == set(LISTS.subjects(DCTERMS.source))


def test_every_source_is_one_of_the_papers_and_named_where_there_are_more() -> None:
    for concept in set(LISTS.subjects(DCTERMS.source)):
        papers = {str(paper).removeprefix(PAPERS) for paper in LISTS.objects(concept, DCTERMS.source)}
        named = {str(place).split(" ")[0] for place in LISTS.objects(concept, KOEPEL.locator)}

        assert papers <= {"hiva-2020", "hiva-2023", "eos-blog", "van-onderop", "buddy-review"}, concept
        assert len(papers) == 1 or named == papers, concept


def test_an_ordered_list_counts_from_one() -> None:
    for scheme in SCHEMES:
        members = set(LISTS.subjects(SKOS.inScheme, scheme)) & set(CONCEPTS)
        places = sorted(int(place) for code in members for place in literals(LISTS, code, KOEPEL.position))

        assert places in ([], list(range(1, len(members) + 1))), scheme


def test_what_the_ledger_writes_down_is_what_the_list_of_happenings_holds() -> None:
    members = LISTS.subjects(SKOS.topConceptOf, CODE["happening"])

    assert sorted(str(one).rpartition("/")[2] for one in members) == sorted(Happening)


def test_the_readme_lists_every_code_list() -> None:
    linked = re.findall(r"\[`([^`]+)`\]\(\1\.ttl\)", README)

    assert sorted(linked) == sorted(path.stem for path in codelist_files())


def test_the_readme_sends_aspects_to_choices_that_exist() -> None:
    targets = set().union(*table("attribute", "aspect").values(), *table("category", "aspects").values())

    assert targets - {str(code).removeprefix(f"{CODE.aspect}/") for code in CONCEPTS} == set()


def test_the_readme_names_only_lists_and_choices_that_exist() -> None:
    named = set().union(*table("vocabulary", "list, or why there is none").values())

    assert named - {str(thing).rsplit("/", 1)[1] for thing in NAMED} == set()


@pytest.mark.parametrize(
    ("file", "name", "heads"),
    [
        ("concepts.csv", "vocabulary", ("vocabulary", "list, or why there is none")),
        ("programme_project_evidence.csv", "attribute", ("attribute", "aspect")),
        ("pilot_practices.csv", "category", ("category", "aspects")),
    ],
)
def test_the_readme_has_a_row_for_each_kind_of_fact(
    shared: Path, file: str, name: str, heads: tuple[str, str]
) -> None:
    assert set(table(*heads)) == column(shared / "facts" / file, name)

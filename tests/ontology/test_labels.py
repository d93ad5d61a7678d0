"""Every term has a name in six languages and is explained in one English sentence."""

import re
from pathlib import Path

import pytest
from rdflib import RDFS, SKOS, Graph, Literal, URIRef

import ontology
from registry.vocabulary import CODE, ENGLISH, KOEPEL, LANGUAGES, Labels
from tests.ontology.reading import ROOT, local_name, read, terms

TRANSLATIONS = tuple(language for language in LANGUAGES if language != ENGLISH)
TERMS = sorted(terms(read(*ontology.module_files())))
AMERICAN = re.compile(
    r"\b(?:\w+(?:iz(?:e[ds]?|ing|ations?)|yz(?:e[ds]?|ing))(?<!size)(?<!sized)(?<!prize)(?<!prizes)|programs?"
    r"|colors?|behaviors?|favor\w*|honor\w*|labors?|neighbors?\w*|centers?|fulfills?|fulfillment|enrolls?|enrollment"
    r"|defense|offense|licensed?\b(?<=se)|judgment|catalogs?|dialogs?|traveler|counselors?|skillful|gray)\b",
    re.IGNORECASE,
)

#: IRIs, and what other vocabularies call themselves.
NAMES = re.compile(r"<[^>]*>|\b\w+:\w+|Organization Ontology|Data Catalog Vocabulary")


def translated(language: str) -> Graph:
    """Read the names of the terms in one language."""
    return read(*(path for path in ontology.label_files(language) if path.stem == "terms"))


def named_twice(names: list[tuple[URIRef, str]]) -> set[str]:
    """Find names that two classes share, or two properties."""
    keys = [(local_name(term)[0].isupper(), name) for term, name in names]
    return {name for kind, name in keys if keys.count((kind, name)) > 1}


@pytest.mark.parametrize("term", TERMS, ids=local_name)
def test_a_term_has_one_english_label(term: URIRef, modules: Graph) -> None:
    [label] = modules.objects(term, RDFS.label)

    assert isinstance(label, Literal)
    assert label.language == ENGLISH
    assert label.strip() == str(label) != ""


@pytest.mark.parametrize("term", TERMS, ids=local_name)
def test_a_term_is_defined_by_one_sentence_that_does_not_repeat_its_label(
    term: URIRef, modules: Graph
) -> None:
    [definition] = modules.objects(term, SKOS.definition)
    label = re.escape(str(modules.value(term, RDFS.label)))

    assert isinstance(definition, Literal)
    assert definition.language == ENGLISH
    assert re.fullmatch(r"[A-Z][^.!?]*\.", definition)
    assert not re.match(rf"(?:an? |the )?{label}\b", definition, re.IGNORECASE)


@pytest.mark.parametrize(
    "path", [*ontology.module_files(), *ontology.alignment_files()], ids=lambda path: path.stem
)
def test_english_is_spelt_the_british_way(path: Path) -> None:
    text = NAMES.sub("", path.read_text(encoding="utf-8"))

    assert not AMERICAN.findall(text)


@pytest.mark.parametrize(
    "word", ["organization", "analyze", "program", "color", "center", "fulfill", "license"]
)
def test_the_american_way_is_noticed(word: str) -> None:
    assert AMERICAN.search(f"A {word} of its own.")


@pytest.mark.parametrize(
    "word", ["organisation", "analyse", "programme", "size", "centre", "fulfil", "licence"]
)
def test_the_british_way_passes(word: str) -> None:
    assert not AMERICAN.search(f"A {word} of its own.")


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_term_and_no_other_is_named_once_in_each_language(language: str) -> None:
    named = [term for term, _ in translated(language).subject_objects(RDFS.label)]

    assert sorted(map(str, named)) == sorted(map(str, TERMS))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_says_in_which_language_it_is(language: str) -> None:
    labels = list(translated(language).objects(None, RDFS.label))

    assert {label.language for label in labels if isinstance(label, Literal)} == {language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_can_tell_two_terms_apart_by_name(language: str) -> None:
    labels = Labels()

    assert not named_twice([(term, labels.label(term, language)) for term in TERMS])


def test_the_folders_of_labels_are_the_languages_of_the_registry() -> None:
    folders = {path.name for path in (ROOT / "ontology" / "labels").iterdir() if path.is_dir()}

    assert folders == set(TRANSLATIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_finds_terms_and_codes_in_their_own_language(language: str) -> None:
    labels = Labels()

    assert labels.label(KOEPEL.Pilot, language) != "Pilot"
    assert labels.label(CODE["time-horizon/long-term"], language) != "long-term"
    assert labels.label(CODE["time-horizon"], language) != "time-horizon"


def test_english_stands_in_where_a_translation_is_missing() -> None:
    assert Labels().label(KOEPEL.Pilot, "tlh") == "pilot"


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("https://example.org/a/b#c", "c"),
        ("https://example.org/a/b/", "b"),
        (CODE["nothing/of-the-kind"], "of-the-kind"),
    ],
)
def test_what_the_vocabulary_does_not_know_is_called_by_the_end_of_its_name(iri: str, name: str) -> None:
    assert Labels().label(iri, "nl") == name

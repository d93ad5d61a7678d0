"""Each standard says what it is and where its numbers come from, and together they use the whole library."""

import re

import pytest
from rdflib import DCTERMS, OWL, RDF, Graph, Literal, URIRef

from registry.validation.standard import Standard, load_library
from registry.vocabulary import CODE, KOEPEL
from shapes import FOLDER
from tests.shapes.case import ROOT

LIBRARY = load_library()
GRAPH = LIBRARY.graph
STANDARDS = list(LIBRARY.standards.values())
LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
SEMANTIC_VERSION = re.compile(r"^\d+\.\d+\.\d+$")


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda one: one.token)
def test_a_standard_has_a_version_a_licence_and_a_source(standard: Standard) -> None:
    assert SEMANTIC_VERSION.match(str(GRAPH.value(standard.iri, OWL.versionInfo)))
    assert GRAPH.value(standard.iri, DCTERMS.license) == LICENCE
    assert standard.source
    assert standard.iri == URIRef(f"https://w3id.org/koepel/standard/{standard.token}#standard")
    assert (FOLDER / standard.token / "standard.ttl").exists()


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda one: one.token)
def test_later_versions_are_numbered_upwards_and_announced_half_a_year_before_they_count(
    standard: Standard,
) -> None:
    numbers = [tuple(map(int, one.number.split("."))) for one in standard.versions]

    assert numbers == sorted(numbers)
    for one in standard.versions[1:]:
        assert SEMANTIC_VERSION.match(one.number)
        assert (one.counts_from - one.announced).days >= 180


def test_an_announced_version_says_that_the_choice_is_ours() -> None:
    (coming,) = LIBRARY.standard("cms").versions[1:]

    assert "the choice of this registry, not the requirements of the CMS" in coming.notes["en"]
    assert all("CMS" in note for note in coming.notes.values())


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda one: one.token)
def test_requirements_and_uses_are_named_by_their_place(standard: Standard) -> None:
    for position, requirement in enumerate(standard.requirements, start=1):
        assert requirement.identifier == str(position)
        for use in requirement.uses:
            assert use.iri.rpartition("#")[2].startswith(f"R{position}-{use.criterion.identifier}")


def test_every_criterion_is_used_by_a_standard() -> None:
    used = {use.criterion.iri for standard in STANDARDS for use in standard.uses}

    assert used == set(GRAPH.subjects(RDF.type, KOEPEL.Criterion))


def test_every_threshold_says_where_it_comes_from() -> None:
    owners = list(GRAPH.subject_objects(KOEPEL.threshold))

    assert [
        owner
        for owner, threshold in owners
        if GRAPH.value(threshold, DCTERMS.source, default=GRAPH.value(owner, DCTERMS.source)) is None
    ] == []


def test_every_source_is_a_paper_of_the_examples_or_a_name() -> None:
    papers = set(Graph().parse(ROOT / "examples/papers.ttl").subjects(RDF.type, KOEPEL.Source))
    sources = set(GRAPH.objects(None, DCTERMS.source))

    assert {source for source in sources if not isinstance(source, Literal)} <= papers


def test_the_intensity_profiles_fill_the_same_parameters() -> None:
    profiles = list(GRAPH.subjects(RDF.type, KOEPEL.IntensityProfile))
    filled = {
        frozenset(
            GRAPH.value(threshold, KOEPEL.parameter) for threshold in GRAPH.objects(profile, KOEPEL.threshold)
        )
        for profile in profiles
    }

    assert len(profiles) == 3
    assert len(filled) == 1


def test_every_code_that_a_shape_compares_exists() -> None:
    concepts = {
        concept
        for path in (ROOT / "ontology/codelists").glob("*.ttl")
        for concept in Graph().parse(path).subjects()
    }
    named = {
        term for triple in GRAPH for term in triple if isinstance(term, URIRef) and term.startswith(CODE)
    }

    assert named - concepts == set()

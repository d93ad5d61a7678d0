"""The catalogue knows every initiative and organisation, and what each is found by."""

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS

from registry.dataset import examples_store
from registry.graph.embedded import EmbeddedStore
from registry.reading.catalogue import Catalogue, Family
from registry.reading.search import PAGE_LENGTH, Facet, Order, Wish, search
from registry.vocabulary import EXAMPLE, KOEPEL

PROJECT = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
<urn:{0}> a koepel:Project ;
  dct:title "Project {0}"@en ; koepel:country <urn:country/{1}> ; dct:modified "{2}" .
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The catalogue of the example countries."""
    return Catalogue.read(examples_store())


def small(*projects: tuple[str, str, str]) -> Catalogue:
    """Make a catalogue of projects given by name, country and day of the last change."""
    store = EmbeddedStore.in_memory()
    for name, country, day in projects:
        store.load(PROJECT.format(name, country, day).encode(), graph=f"urn:graph/{name}")
    return Catalogue.read(store)


def test_every_thing_stands_in_one_family(catalogue: Catalogue) -> None:
    families = [{entry.iri for entry in catalogue.of(family)} for family in Family]

    assert sum(map(len, families)) == len(set.union(*families)) == len(catalogue.entries)


@pytest.mark.parametrize(
    ("document", "family"),
    [
        ("germany/impulspatenschaften#project", Family.PROJECTS),
        ("germany/menschen-staerken-menschen#programme", Family.PROGRAMMES),
        ("germany/integrationskurs#programme", Family.PROGRAMMES),
        ("germany/bmfsfj#organisation", Family.ORGANISATIONS),
        ("germany/menschen-staerken-menschen#carriers", Family.ORGANISATIONS),
    ],
)
def test_a_thing_stands_where_readers_look_for_it(
    catalogue: Catalogue, document: str, family: Family
) -> None:
    assert catalogue.entries[EXAMPLE[document]].family is family


def test_a_pilot_is_called_a_pilot_and_not_just_a_project(catalogue: Catalogue) -> None:
    assert catalogue.entries[EXAMPLE["flanders/gent#pilot"]].kind == KOEPEL.Pilot


def test_parts_members_and_publishers_are_known(catalogue: Catalogue) -> None:
    programme = EXAMPLE["germany/menschen-staerken-menschen#programme"]
    bagfa = EXAMPLE["germany/bagfa#organisation"]

    assert EXAMPLE["germany/impulspatenschaften#project"] in {one.iri for one in catalogue.within(programme)}
    assert EXAMPLE["germany/impulspatenschaften#project"] in {
        one.iri for one in catalogue.published_by(bagfa)
    }
    carriers = EXAMPLE["germany/menschen-staerken-menschen#carriers"]
    assert bagfa in {one.iri for one in catalogue.members_of(carriers)}


def test_what_has_no_name_goes_by_the_end_of_its_iri(catalogue: Catalogue) -> None:
    assert catalogue.name(URIRef("https://example.org/#somebody"), "nl").value == "somebody"


def test_the_count_of_a_facet_ignores_its_own_filter() -> None:
    catalogue = small(("a", "NL", "2026"), ("b", "NL", "2026"), ("c", "DE", "2026"))

    results = search(catalogue, Family.PROJECTS, Wish(filters={Facet.COUNTRY: "NL"}), "en")
    assert results.total == 2
    assert results.counts[Facet.COUNTRY] == {"NL": 2, "DE": 1}


def test_all_words_must_occur_but_not_together() -> None:
    catalogue = small(("blue", "NL", "2026"), ("red", "NL", "2026"))

    assert search(catalogue, Family.PROJECTS, Wish("blue PROJECT"), "en").total == 1
    assert search(catalogue, Family.PROJECTS, Wish("blue red"), "en").total == 0


def test_results_stand_by_name_by_change_or_by_country() -> None:
    catalogue = small(("b", "NLD", "2024"), ("a", "NLD", "2025"), ("c", "DEU", "2026"))

    by_name, by_change, by_country = (
        [str(one.title("en")) for one in search(catalogue, Family.PROJECTS, Wish(order=order), "en").entries]
        for order in (Order.NAME, Order.CHANGED, Order.COUNTRY)
    )
    assert by_name == ["Project a", "Project b", "Project c"]
    assert by_change == ["Project c", "Project a", "Project b"]
    assert by_country == ["Project c", "Project a", "Project b"]


@pytest.mark.parametrize(("page", "names"), [(1, PAGE_LENGTH), (2, 5), (3, 5), (0, PAGE_LENGTH)])
def test_pages_end_where_the_list_ends(page: int, names: int) -> None:
    catalogue = small(*((f"{number:02}", "NL", "2026") for number in range(PAGE_LENGTH + 5)))

    assert len(search(catalogue, Family.PROJECTS, Wish(page=page), "en").entries) == names


def test_a_title_in_an_odd_tag_is_still_a_title() -> None:
    store = EmbeddedStore.in_memory()
    title = Literal("Brug", lang="nl-BE")
    data = f"<urn:a> a {KOEPEL.Project.n3()} ; {DCTERMS.title.n3()} {title.n3()} ."
    store.load(data.encode(), graph="urn:g")

    assert Catalogue.read(store).entries[URIRef("urn:a")].title("nl").language == "nl-be"

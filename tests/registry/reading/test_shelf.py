"""Entries are cut, counted and put in order; many values of one filter widen it, many filters narrow it."""

import pytest
from rdflib import RDF, Literal, URIRef
from rdflib.namespace import DCTERMS

from registry.reading.entry import Entry, Family
from registry.reading.facet import Facet
from registry.reading.record import Record
from registry.reading.shelf import Order, Shelf, by_name
from registry.vocabulary import KOEPEL

COUNTRY = "http://publications.europa.eu/resource/authority/country/"
NUTS = "http://data.europa.eu/nuts/code/"
SCHEME = URIRef("https://labels.example/#scheme")


def entry(name: str, country: str, region: str = "", *, labelled: bool = False) -> Entry:
    """Make a project."""
    values = {
        RDF.type: (KOEPEL.Project,),
        DCTERMS.title: (Literal(name, lang="nl"),),
        KOEPEL.country: (URIRef(COUNTRY + country),),
        KOEPEL.region: (URIRef(NUTS + region),) if region else (),
    }
    iri = URIRef(f"urn:{name}")
    labels = (SCHEME,) if labelled else ()
    return Entry(iri, Family.PROJECTS, Record(iri, values), labels=labels)


@pytest.fixture
def shelf() -> Shelf:
    """Four projects in three countries."""
    entries = [
        entry("Zon", "BEL", "BE234"),
        entry("Ánima", "ESP", "ES511", labelled=True),
        entry("brug", "BEL", "BE10"),
        entry("Anker", "NLD"),
    ]
    return Shelf(entries, {one.iri: str(one.title("nl")).casefold() for one in entries})


def names(shelf: Shelf, *filters: tuple[Facet, list[str]], words: str = "") -> list[str]:
    """Name what passes filters, by name."""
    return [str(one.title("nl")) for one in shelf.arrange(shelf.find(words, filters), Order.NAME, "nl")]


def test_accents_and_capitals_do_not_disturb_the_order(shelf: Shelf) -> None:
    assert names(shelf) == ["Ánima", "Anker", "brug", "Zon"]
    assert [str(one.title("nl")) for one in by_name(shelf.entries, "nl")] == names(shelf)


def test_one_of_several_values_is_enough_and_all_filters_must_hold(shelf: Shelf) -> None:
    assert names(shelf, (Facet.COUNTRY, ["BEL", "NLD"])) == ["Anker", "brug", "Zon"]
    assert names(shelf, (Facet.COUNTRY, ["BEL", "NLD"]), (Facet.REGION, ["BE2", "ES5"])) == ["Zon"]
    assert names(shelf, (Facet.COUNTRY, ["BEL"]), (Facet.COUNTRY, ["NLD"])) == []


def test_a_region_lies_in_the_larger_ones(shelf: Shelf) -> None:
    assert names(shelf, (Facet.REGION, ["BE2"])) == names(shelf, (Facet.REGION, ["BE23"])) == ["Zon"]
    assert names(shelf, (Facet.REGION, ["BE"])) == []


def test_a_label_is_one_of_a_scheme_or_just_one(shelf: Shelf) -> None:
    assert names(shelf, (Facet.LABEL, [str(SCHEME)])) == names(shelf, (Facet.LABELLED, ["yes"])) == ["Ánima"]
    assert names(shelf, (Facet.LABELLED, ["no"])) == ["Anker", "brug", "Zon"]


def test_counts_leave_out_what_nothing_has(shelf: Shelf) -> None:
    belgian = shelf.find("", [(Facet.COUNTRY, ["BEL"])])

    assert shelf.count(Facet.COUNTRY, belgian) == {"BEL": 2}
    assert shelf.count(Facet.REGION, belgian) == {"BE2": 1, "BE23": 1, "BE234": 1, "BE1": 1, "BE10": 1}


def test_countries_stand_by_their_name_in_the_language_of_the_reader(shelf: Shelf) -> None:
    everything = shelf.find()
    dutch, backwards = (
        [str(one.title("nl")) for one in shelf.arrange(everything, Order.COUNTRY, "nl", backwards=way)]
        for way in (False, True)
    )

    assert dutch == ["brug", "Zon", "Anker", "Ánima"]  # België, Nederland, Spanje
    assert backwards == dutch[::-1]

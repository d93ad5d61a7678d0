"""Organisations are named, claimed and merged, sources change hands, and IRIs stay what they are."""

import json

import pytest

from federation.registration.organisation import (
    claim_organisation,
    merge_organisations,
    name_organisation,
    transfer_source,
)
from federation.source import Kind, Source
from registry.errors import KoepelError
from registry.ledger import Event, Happening, Ledger
from registry.organisation import organisations, successor_of

SOURCE = "https://buddy.example/gent"
GENT, BRUGGE, FLANDERS = f"{SOURCE}#us", "https://buddy.example/brugge#us", "https://flanders.example/#us"


@pytest.fixture
def ledger() -> Ledger:
    """A ledger with one source."""
    opened = Ledger.open("sqlite://")
    terms = Source(f"{SOURCE}.ttl", SOURCE, Kind.PAGE, hours=6, mail="hello@buddy.example").terms
    opened.append(Event(SOURCE, Happening.REGISTERED, f"{SOURCE}.ttl", terms=terms))
    return opened


def test_a_name_stands_until_another_is_given(ledger: Ledger) -> None:
    ledger.append(name_organisation(ledger, BRUGGE, "Buddy Brugge", "nl", "foundation"))
    ledger.append(name_organisation(ledger, BRUGGE, "Maatjes Brugge"))

    known = organisations(ledger.organisations())[BRUGGE]

    assert (known.name, known.language, known.kind) == ("Maatjes Brugge", "", "")


@pytest.mark.parametrize(
    ("iri", "name", "kind", "code"),
    [
        ("Buddy Brugge", "Buddy Brugge", "", "organisation-unfit"),
        ("https://w3id.org/koepel/code/task", "Task", "", "organisation-unfit"),
        ("https://brugge.example/#%zz", "Buddy Brugge", "", "organisation-unfit"),
        (BRUGGE, " ", "", "name-unfit"),
        (BRUGGE, "two\nlines", "", "name-unfit"),
        (BRUGGE, "b" * 201, "", "name-unfit"),
        (BRUGGE, "Buddy Brugge", "pirates", "organisation-type-unknown"),
    ],
)
def test_what_cannot_be_a_name_is_refused(ledger: Ledger, iri: str, name: str, kind: str, code: str) -> None:
    with pytest.raises(KoepelError) as caught:
        name_organisation(ledger, iri, name, kind=kind)

    assert caught.value.code == code


@pytest.mark.parametrize("language", ["Dutch_NL", "nl ", "en-", "nederlands"])
def test_a_name_is_in_a_language_that_can_be_written(ledger: Ledger, language: str) -> None:
    with pytest.raises(KoepelError) as caught:
        name_organisation(ledger, BRUGGE, "Buddy Brugge", language)

    assert caught.value.code == "language-unfit"


def test_a_source_claims_what_lies_in_its_space(ledger: Ledger) -> None:
    ledger.append(claim_organisation(ledger, GENT, SOURCE))

    assert organisations(ledger.organisations())[GENT].source == SOURCE
    with pytest.raises(KoepelError, match="says itself what it is called"):
        name_organisation(ledger, GENT, "Another name")


def test_what_lies_elsewhere_takes_somebodys_word(ledger: Ledger) -> None:
    with pytest.raises(KoepelError, match="--vouch"):
        claim_organisation(ledger, BRUGGE, SOURCE)

    assert json.loads(claim_organisation(ledger, BRUGGE, SOURCE, vouched=True).terms) == {"source": SOURCE}


def test_a_claim_stands_against_another(ledger: Ledger) -> None:
    wide = "https://buddy.example"
    ledger.append(Event(wide, Happening.REGISTERED, f"{wide}/all.ttl"))
    ledger.append(claim_organisation(ledger, GENT, SOURCE))

    with pytest.raises(KoepelError, match="has been claimed by"):
        claim_organisation(ledger, GENT, wide)


def test_nobody_claims_by_a_source_that_is_not_registered(ledger: Ledger) -> None:
    with pytest.raises(KoepelError, match="not registered"):
        claim_organisation(ledger, BRUGGE, "https://buddy.example/brugge")


def test_mergers_lead_on_to_the_last_one(ledger: Ledger) -> None:
    ledger.append(merge_organisations(ledger, GENT, BRUGGE, "They joined."))
    ledger.append(merge_organisations(ledger, BRUGGE, FLANDERS, "They joined too."))

    assert successor_of(GENT, organisations(ledger.organisations())) == FLANDERS


@pytest.mark.parametrize(
    ("old", "into"), [(GENT, GENT), (FLANDERS, GENT), (FLANDERS, BRUGGE), (BRUGGE, GENT)]
)
def test_nobody_is_merged_in_a_circle(ledger: Ledger, old: str, into: str) -> None:
    ledger.append(merge_organisations(ledger, GENT, BRUGGE, "They joined."))
    ledger.append(merge_organisations(ledger, BRUGGE, FLANDERS, "They joined too."))

    with pytest.raises(KoepelError, match="cannot be merged"):
        merge_organisations(ledger, old, into, "By mistake.")


def test_a_source_changes_hands_and_keeps_the_other_terms(ledger: Ledger) -> None:
    ledger.append(transfer_source(ledger, SOURCE, FLANDERS, "", "They joined."))
    ledger.append(transfer_source(ledger, SOURCE, FLANDERS, "https://flanders.example/gent.html", "Moved."))

    after = Source.of(ledger.registrations()[SOURCE])

    assert (after.owner, after.address) == (FLANDERS, "https://flanders.example/gent.html")
    assert (after.kind, after.hours, after.mail) == (Kind.PAGE, 6, "hello@buddy.example")


def test_what_is_not_registered_cannot_change_hands(ledger: Ledger) -> None:
    with pytest.raises(KoepelError, match="cannot change hands"):
        transfer_source(ledger, BRUGGE, FLANDERS, "", "They joined.")

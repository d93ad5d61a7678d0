"""Under which name a source may be registered, and how it is found by what a person calls it."""

import pytest

from registry.errors import KoepelError, NotFoundError
from registry.ledger import Event, Happening, Ledger
from registry.registration import find_source, fit_space

GENT, BRUGGE = "https://buddy.example/gent", "https://buddy.example/brugge"


@pytest.fixture
def ledger() -> Ledger:
    """A ledger that knows two sources, one of which was removed."""
    found = Ledger.open("sqlite://")
    for source in (GENT, BRUGGE):
        found.append(Event(source, Happening.REGISTERED, f"{source}.ttl"))
    found.append(Event(BRUGGE, Happening.REMOVED))
    return found


@pytest.mark.parametrize("named", [GENT, f"{GENT}/", f"{GENT}#", f"{GENT}.ttl"])
def test_a_source_is_found_by_its_space_or_its_address(ledger: Ledger, named: str) -> None:
    assert find_source(ledger, named) == GENT


def test_a_source_that_was_removed_is_still_found(ledger: Ledger) -> None:
    assert find_source(ledger, BRUGGE) == BRUGGE


@pytest.mark.parametrize("named", ["gent", "https://buddy.example/gnt", "https://buddy.example/Gent"])
def test_the_nearest_is_told_for_a_misspelt_one(ledger: Ledger, named: str) -> None:
    with pytest.raises(NotFoundError, match=rf"Did you mean {GENT}\?"):
        find_source(ledger, named)


def test_what_resembles_nothing_is_told(ledger: Ledger) -> None:
    with pytest.raises(NotFoundError, match="koepel log lists"):
        find_source(ledger, "urn:nothing-of-the-kind")


@pytest.mark.parametrize(
    "space",
    [
        "http://localhost:8101/a",
        "http://[::1]:8101/a",
        "https://buddy.example/caf%C3%A9/é?a=b/c",
        "https://w3id.org/koepel/example/germany/bagfa",
    ],
)
def test_a_space_is_an_address_on_the_web(space: str) -> None:
    assert fit_space(f"{space}/") == space


@pytest.mark.parametrize(
    "space",
    [
        "",
        "https://",
        "https:///path",
        "ftp://buddy.example",
        "urn:buddy",
        "https://user@buddy.example",
        "https://buddy.example/<a>",
        'https://buddy.example/"',
        f"https://buddy.example/{'a' * 500}",
        "https://buddy.example/%zz",
        "https://buddy.example/a[b",
        "https://buddy.example/a\x01b",
        "https://buddy.example/a\x7f",
        "https://buddy.example/\ue000",
        "https://buddy.example/\ud800",
        "https://bud%64y.example",
        "https://buddy.example/#a#b",
        "https://w3id.org",
        "https://w3id.org/koepel/def",
        "https://w3id.org/koepel/graph/provenance",
        "https://w3id.org/koepel/code/task",
        "https://w3id.org/koepel/standard/criteria",
    ],
)
def test_what_is_none_or_the_registrys_own_is_refused(space: str) -> None:
    with pytest.raises(KoepelError, match="--space"):
        fit_space(space)

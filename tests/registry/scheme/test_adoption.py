"""The registry adopts schemes, takes their changes over and withdraws them."""

import pytest

from registry.errors import InvalidDataError, NotFoundError
from registry.ingest.document import read_document
from registry.scheme.adoption import adopt, withdraw
from registry.validation.standard import load_library
from tests.registry.certification.town import LANTERN, SCHEME, Town

CHANGED = LANTERN.replace("koepel:validityMonths 36", "koepel:validityMonths 24")


def test_the_text_that_was_adopted_last_counts(place: Town) -> None:
    place.adopt(CHANGED)

    assert place.desk.caseload().schemes[SCHEME].validity_months == 24
    assert {one.validity_months for one in place.desk.caseload().texts.values()} == {24, 36}


def test_the_ledger_keeps_every_text_byte_for_byte(place: Town) -> None:
    digest = place.desk.caseload().adopted[SCHEME].digest

    assert place.home.ledger.version(digest).original == LANTERN.encode()


def test_a_scheme_can_be_withdrawn_and_taken_up_again(place: Town) -> None:
    known = place.desk.caseload().adopted
    place.home.ledger.append(withdraw(known, SCHEME, "operator", "It has ended."))
    assert place.desk.caseload().adopted[SCHEME].withdrawn
    with pytest.raises(NotFoundError):
        withdraw(place.desk.caseload().adopted, SCHEME, "operator", "Again.")

    place.adopt(LANTERN)

    assert not place.desk.caseload().adopted[SCHEME].withdrawn


def test_the_standard_of_a_scheme_is_installed() -> None:
    turtle = LANTERN.replace("standard/cms#", "standard/unheard-of#")
    document = read_document(turtle.encode(), media_type="text/turtle", address="scheme.ttl")

    with pytest.raises(NotFoundError) as found:
        adopt(document, load_library(), "operator")
    assert found.value.code == "unknown-standard"


def test_a_scheme_has_an_address_of_its_own() -> None:
    turtle = LANTERN.replace("https://lantern.example/scheme", "https://draft.invalid/scheme")
    document = read_document(turtle.encode(), media_type="text/turtle", address="scheme.ttl")

    with pytest.raises(InvalidDataError) as found:
        adopt(document, load_library(), "operator")
    assert found.value.code == "scheme-without-address"

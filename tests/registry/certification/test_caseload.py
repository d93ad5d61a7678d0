"""The caseload is read from the ledger, and then only what is new."""

from registry.certification.life.caseload import Reader, read_caseload
from registry.ledger import Event, Happening, Ledger
from tests.registry.certification.town import BODY, OWNER, PROJECT, Town


def test_what_was_read_is_kept_while_nothing_is_done(place: Town) -> None:
    place.open()
    before = place.desk.caseload()

    place.home.ledger.append(Event("https://buddy.example/", Happening.UNCHANGED))

    after = place.desk.caseload()
    assert after.position == before.position + 1
    assert after.acts is before.acts


def test_reading_on_gives_what_reading_anew_gives(place: Town) -> None:
    place.entitle(OWNER)
    case = place.until("submit")
    place.desk.caseload()
    place.act(OWNER, "withdraw", case)

    fresh = read_caseload(place.home.ledger, place.home.ledger.position())
    assert place.desk.caseload() == fresh


def test_the_past_can_be_read_as_it_was_known_then(place: Town) -> None:
    place.open()
    then = place.home.ledger.position()

    assert len(read_caseload(place.home.ledger, then - 1).acts) == 0
    assert len(read_caseload(place.home.ledger, then).acts) == 1


def test_another_ledger_in_the_same_place_is_read_anew() -> None:
    with Ledger.open("sqlite://") as ledger:
        reader = Reader(ledger)
        before = reader.read()
        ledger.begin_anew()

        assert reader.read() == before


def test_the_others_about_the_same_are_found(place: Town) -> None:
    first = place.act(OWNER, "withdraw", place.open())
    second = place.open()

    [found] = place.desk.caseload().siblings(second)
    assert (found.iri, found.subject, found.body) == (first.iri, PROJECT, BODY)

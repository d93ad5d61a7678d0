"""The ledger keeps everything, in order, once; on SQLite and on PostgreSQL."""

import gc
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import URL

from registry.errors import NotFoundError
from registry.ledger import Event, Happening, Ledger, Publication, database
from tests.registry.ledger.sample import ADDRESS, FIRST, OTHER, SECOND, SOURCE, event

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_events_come_back_in_the_order_in_which_they_were_written(ledger: Ledger) -> None:
    ledger.append(event(Happening.UNREACHABLE, reason="no answer"))
    ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)

    told = [(one.position, one.happening, one.reason) for one in ledger.events()]

    assert told == [(1, Happening.UNREACHABLE, "no answer"), (2, Happening.ACCEPTED, "")]
    assert ledger.position() == 2


def test_an_event_comes_back_as_it_was_given(ledger: Ledger) -> None:
    about = (ADDRESS, FIRST.digest, "a reason", "operator", "0f1e", "a member", "a list", "{}")
    given = Event(SOURCE, Happening.HELD, *about, NOON, 1)

    ledger.append(given, FIRST)

    assert list(ledger.events()) == [given]


def test_a_time_comes_back_in_utc_whatever_zone_it_was_given_in(ledger: Ledger) -> None:
    brussels = timezone(timedelta(hours=1))

    ledger.append(Event(SOURCE, Happening.REMOVED, time=datetime(2026, 11, 21, 13, tzinfo=brussels)))

    (told,) = ledger.events()
    assert told.time == NOON
    assert told.time.tzinfo is UTC


def test_an_event_without_a_time_happens_now(ledger: Ledger) -> None:
    before = datetime.now(UTC)

    ledger.append(event(Happening.REMOVED))

    (told,) = ledger.events()
    assert told.time is not None
    assert before <= told.time <= datetime.now(UTC)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Event(SOURCE, Happening.REMOVED, time=datetime(2026, 11, 21))


def test_a_version_comes_back_byte_for_byte(ledger: Ledger) -> None:
    ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)

    assert ledger.version(FIRST.digest) == FIRST


def test_a_version_that_comes_again_is_kept_once(ledger: Ledger) -> None:
    for _ in range(2):
        ledger.append_all([(event(Happening.ACCEPTED, FIRST), FIRST)] * 2)

    assert ledger.position() == 4
    assert ledger.version(FIRST.digest) == FIRST


def test_an_unknown_version_is_not_found(ledger: Ledger) -> None:
    with pytest.raises(NotFoundError, match="no version 0000"):
        ledger.version("0" * 64)


def test_canonical_forms_come_in_the_order_asked_for(ledger: Ledger) -> None:
    ledger.append_all([(event(Happening.HELD, one), one) for one in (FIRST, SECOND)])
    asked = [SECOND.digest, FIRST.digest, SECOND.digest] * 40

    told = list(ledger.canonical(asked))

    assert [digest for digest, _ in told] == asked
    assert dict(told) == {one.digest: one.canonical for one in (FIRST, SECOND)}


def test_nothing_is_published_that_the_ledger_does_not_have(ledger: Ledger) -> None:
    with pytest.raises(NotFoundError, match=SECOND.digest):
        ledger.append_all([(event(Happening.HELD, FIRST), FIRST), (event(Happening.ACCEPTED, SECOND), None)])

    assert ledger.position() == 0
    with pytest.raises(NotFoundError):
        ledger.version(FIRST.digest)


def test_an_event_goes_only_with_the_version_it_is_about(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="about another version"):
        ledger.append(event(Happening.ACCEPTED, FIRST), SECOND)


def test_an_empty_batch_changes_nothing(ledger: Ledger) -> None:
    ledger.append(event(Happening.REGISTERED))

    assert ledger.append_all([]) == ledger.position() == 1


def test_a_batch_gives_its_last_position(ledger: Ledger) -> None:
    ledger.append(event(Happening.REGISTERED))

    assert ledger.append_all([(event(Happening.UNREACHABLE), None)] * 3) == ledger.position() == 4


def test_what_cannot_be_written_in_utf_8_gets_a_mark_in_its_place(ledger: Ledger) -> None:
    ledger.append(event(Happening.REJECTED, reason="zero \0 and half a pair \ud800"))

    assert [one.reason for one in ledger.events()] == ["zero \ufffd and half a pair ?"]


@pytest.mark.parametrize(
    ("after", "until", "source", "expected"),
    [(0, None, None, [1, 2, 3, 4]), (2, None, None, [3, 4]), (1, 3, None, [2, 3]), (1, None, OTHER, [2, 4])],
)
def test_a_part_of_the_events_can_be_read(
    ledger: Ledger, after: int, until: int | None, source: str | None, expected: list[int]
) -> None:
    ledger.append_all([(event(Happening.FETCHED, source=one), None) for one in (SOURCE, OTHER) * 2])

    assert [one.position for one in ledger.events(after=after, until=until, source=source)] == expected


def test_a_long_history_is_read_whole_while_more_is_written(ledger: Ledger) -> None:
    ledger.append_all([(event(Happening.UNCHANGED), None)] * 1201)
    reading = ledger.events()
    first = next(reading)

    ledger.append(event(Happening.REMOVED))

    assert [one.position for one in (first, *reading)] == list(range(1, 1202))


def test_the_position_at_a_moment_is_that_of_the_last_event_by_then(ledger: Ledger) -> None:
    for hours in range(3):
        ledger.append(Event(SOURCE, Happening.FETCHED, time=NOON + timedelta(hours=hours)))

    assert [ledger.position_at(NOON + timedelta(minutes=m)) for m in (-1, 0, 59, 61, 999)] == [0, 1, 1, 2, 3]


def test_a_publication_says_where_it_comes_from(ledger: Ledger) -> None:
    ledger.append(Event(SOURCE, Happening.ACCEPTED, ADDRESS, FIRST.digest, time=NOON), FIRST)

    expected = Publication(SOURCE, FIRST.digest, ADDRESS, 1, NOON)
    assert ledger.published() == {SOURCE: expected}
    assert ledger.publication(SOURCE) == expected
    assert ledger.publication(OTHER) is None


def test_the_publication_of_an_earlier_position_can_be_asked_for(ledger: Ledger) -> None:
    for one in (FIRST, SECOND):
        ledger.append(event(Happening.ACCEPTED, one), one)

    told = [ledger.publication(SOURCE, until=position) for position in range(3)]

    assert [one and one.digest for one in told] == [None, FIRST.digest, SECOND.digest]


def test_success_is_the_last_time_that_a_source_answered(ledger: Ledger) -> None:
    assert ledger.last_success() is None

    ledger.append(Event(SOURCE, Happening.FETCHED, time=NOON - timedelta(hours=1)))
    ledger.append(Event(SOURCE, Happening.UNCHANGED, time=NOON))
    ledger.append(Event(SOURCE, Happening.UNREACHABLE, time=NOON + timedelta(hours=1)))

    assert ledger.last_success() == NOON


def test_the_ledger_is_there_again_after_a_restart(url: URL) -> None:
    before = Ledger.open(url)
    before.append(event(Happening.ACCEPTED, FIRST), FIRST)
    before.close()

    again = Ledger.open(url)

    assert again.lineage == before.lineage
    assert again.published()[SOURCE].digest == FIRST.digest
    again.close()


def test_the_embedded_ledger_writes_to_the_disk_before_it_acknowledges(sqlite: URL) -> None:
    with database.reading(database.connect(sqlite)) as connection:
        names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    assert values == ["wal", 2, 1, 1]  # 2 is FULL: https://www.sqlite.org/pragma.html#pragma_synchronous


def test_a_ledger_that_nobody_holds_lets_go_of_its_database(tmp_path: Path) -> None:
    ledger = Ledger.in_folder(tmp_path)
    assert (tmp_path / "ledger.sqlite-wal").exists()

    del ledger
    gc.collect()

    assert [one.name for one in tmp_path.iterdir()] == ["ledger.sqlite"]


def test_two_ledgers_can_be_told_apart(tmp_path: Path) -> None:
    one, other = (Ledger.in_folder(tmp_path / name) for name in ("one", "other"))

    assert one.lineage != other.lineage

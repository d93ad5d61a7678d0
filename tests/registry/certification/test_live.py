"""What a label rests on, held against what is published today."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from registry.certification.life.case import Case
from registry.certification.outlook.live import Live, look, lost
from registry.ledger import Happening
from registry.validation.assessment import Outcome
from tests.registry.certification import acting
from tests.registry.certification.registered import TODAY, WAY_IN, Registered, registered


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registered]:
    """A registry with one label."""
    with registered(tmp_path / "home") as made:
        made.award()
        yield made


def seen(registry: Registered, day: date = TODAY) -> Live:
    return look(registry.desk, registry.case(day), day)


def test_while_the_description_says_the_same_nothing_is_lost(registry: Registered) -> None:
    assert seen(registry) == Live(TODAY, registry.digest)
    assert not seen(registry).is_basic


def test_a_basic_criterion_that_no_longer_holds_is_lost(registry: Registered) -> None:
    registry.publish(WAY_IN)
    (loss,) = [one for one in lost(registry.desk, registry.case(), TODAY) if one.is_basic]

    assert (loss.requirement.identifier, loss.before, loss.now) == ("1", Outcome.MET, Outcome.NOT_MET)
    assert seen(registry).is_basic


def test_what_is_published_again_is_found_again(registry: Registered) -> None:
    registry.publish(WAY_IN)
    before = seen(registry).state
    registry.publish()

    assert before
    assert (seen(registry).lost, seen(registry).state) == ((), "")


def test_what_did_not_hold_when_the_label_was_granted_may_be_gained(tmp_path: Path) -> None:
    with registered(tmp_path / "home") as registry:
        registry.publish(WAY_IN)
        registry.award()
        registry.publish()
        found = seen(registry)

        assert found.lost == ()
        assert {one.requirement.identifier for one in found.gained if one.is_basic} == {"1"}


def test_what_people_judged_is_not_said_to_be_lost(registry: Registered) -> None:
    registry.publish(WAY_IN)

    assert {one.use.mode.rpartition("/")[2] for one in seen(registry).lost} == {"machine"}


@pytest.mark.parametrize("happening", [Happening.WITHDRAWN, Happening.REMOVED])
def test_where_nothing_is_published_nothing_holds(registry: Registered, happening: Happening) -> None:
    registry.befall(happening)
    found = seen(registry)

    assert (found.absence, found.digest, found.is_basic) == (happening.value, "", True)
    assert len(found.lost) > 20


def test_of_what_cannot_be_reached_the_last_text_counts(registry: Registered) -> None:
    registry.befall(Happening.UNREACHABLE)
    later = datetime(2026, 11, 22, 11, tzinfo=UTC)
    back = look(registry.desk, registry.case(), TODAY, lambda _: later)

    assert (seen(registry).absence, seen(registry).lost) == ("unreachable", ())
    assert back.absence == ""


@pytest.mark.parametrize("unknown", [{"standard": "gone"}, {"version": "0.9.0"}])
def test_by_an_unknown_standard_nothing_is_lost_or_gained(
    registry: Registered, unknown: dict[str, str]
) -> None:
    registry.award(case=f"{acting.CASE[:-1]}0", **unknown)
    registry.publish(WAY_IN)

    found = look(registry.desk, registry.desk.case(f"{acting.CASE[:-1]}0"), TODAY)
    assert found == Live(TODAY, absence="standard-unknown")


def test_a_case_without_a_label_has_nothing_to_lose(registry: Registered) -> None:
    registry.publish(WAY_IN)
    before = Case(acting.CASE, registry.case().acts[:-1], TODAY)

    assert look(registry.desk, before, TODAY) == Live(TODAY)


def test_a_day_in_the_past_is_answered_from_what_was_published_then(registry: Registered) -> None:
    registry.publish(WAY_IN, on=date(2026, 11, 20))

    assert seen(registry, date(2026, 11, 19)).lost == ()
    assert seen(registry, date(2026, 11, 20)).is_basic


def test_nothing_is_revoked_by_itself(registry: Registered) -> None:
    registry.befall(Happening.WITHDRAWN)

    assert seen(registry).is_basic
    assert registry.case().in_force

"""Where a source stands, whatever has befallen it."""

from datetime import timedelta

import pytest

from federation.notebook import Notebook
from federation.notice.status import Stage, overview
from registry.errors import NotFoundError
from registry.ledger import Happening
from tests.federation.description import text
from tests.federation.notice.ledger import NOON, SOURCE, Registry

ACCEPTED, HELD, REJECTED = Happening.ACCEPTED, Happening.HELD, Happening.REJECTED


def test_a_source_that_nobody_knows_is_not_made_up(registry: Registry) -> None:
    with pytest.raises(NotFoundError, match="has no source https"):
        registry.status("https://other.example/two")


@pytest.mark.parametrize("named", [SOURCE, f"{SOURCE}/", f"{SOURCE}#project"])
def test_a_source_is_found_by_its_iri_and_what_lies_in_it(registry: Registry, named: str) -> None:
    assert registry.status(named).source.space == SOURCE


@pytest.mark.parametrize(
    ("happenings", "stage", "shown"),
    [
        ([], Stage.WAITING, False),
        ([ACCEPTED], Stage.LISTED, True),
        ([HELD], Stage.HELD, False),
        ([HELD, Happening.RELEASED], Stage.LISTED, True),
        ([REJECTED], Stage.REJECTED, False),
        ([ACCEPTED, REJECTED], Stage.REJECTED, True),
    ],
)
def test_what_is_decided_says_where_a_source_stands(
    registry: Registry, happenings: list[Happening], stage: Stage, shown: bool
) -> None:
    for number, happening in enumerate(happenings):
        registry.decide(happening, text(title=str(number)))

    status = registry.status()
    assert (status.stage, status.shown is not None) == (stage, shown)


@pytest.mark.parametrize("stage", [Stage.WITHDRAWN, Stage.REMOVED, Stage.ERASED])
def test_what_has_gone_is_shown_no_more(registry: Registry, stage: Stage) -> None:
    registry.decide(ACCEPTED)
    registry.befall(Happening(stage.value), "A reason.")

    status = registry.status()
    assert (status.stage, status.shown) == (stage, None)


def test_of_an_erased_source_no_address_is_left(registry: Registry) -> None:
    registry.register(address="https://buddy.example/secret", mail="info@buddy.example")
    registry.decide(ACCEPTED)
    registry.home.ledger.erase(SOURCE, "It was asked for.", "operator")

    status = registry.status()
    assert "secret" not in repr(status)
    assert (status.texts, status.registered) == ((), None)


def test_a_status_never_holds_the_mail_address(registry: Registry) -> None:
    registry.register(mail="info@buddy.example")
    with Notebook(registry.home.visits) as notebook:
        every = overview(registry.home.ledger, notebook)

    assert all(one.source.mail == "" for one in (registry.status(), *every))


def test_a_source_that_returns_begins_anew(registry: Registry) -> None:
    registry.decide(ACCEPTED)
    registry.befall(Happening.REMOVED, "A mistake.")
    registry.register()

    assert registry.status().stage is Stage.WAITING


def test_an_outage_is_over_when_a_later_visit_went_well(registry: Registry) -> None:
    registry.decide(ACCEPTED)
    registry.befall(Happening.UNREACHABLE, "It did not answer.")
    before = registry.status().stage
    registry.note(answered=NOON + timedelta(hours=1), visited=NOON + timedelta(hours=1))

    assert (before, registry.status().stage) == (Stage.UNREACHABLE, Stage.LISTED)


def test_a_list_is_followed_once_it_has_answered(registry: Registry) -> None:
    registry.register(kind="catalogue")
    before = registry.status().stage
    registry.note(answered=NOON)

    assert (before, registry.status().stage) == (Stage.WAITING, Stage.FOLLOWED)


def test_the_list_of_all_sources_agrees_with_the_page_of_each(registry: Registry) -> None:
    for number, happening in enumerate((ACCEPTED, HELD, REJECTED, ACCEPTED, ACCEPTED)):
        registry.source = f"https://buddy.example/s{number}"
        registry.register()
        registry.decide(happening)
    registry.befall(Happening.UNREACHABLE, "It did not answer.")
    registry.note(answered=NOON + timedelta(hours=1))

    with Notebook(registry.home.visits) as notebook:
        every = overview(registry.home.ledger, notebook)
    assert [one.stage for one in every] == [registry.status(one.source.space).stage for one in every]
    assert len(every) == 6


def test_the_same_state_has_the_same_key_whenever_it_is_looked_at(registry: Registry) -> None:
    registry.decide(HELD, reason="A doubt.")
    before = registry.status().key
    registry.note(visited=NOON, answered=NOON, due=NOON)

    assert registry.status().key == before
    registry.decide(REJECTED, reason="Something is missing.")
    assert registry.status().key != before

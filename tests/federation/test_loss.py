"""A source that comes back with much less is held until the loss is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from registry.ledger import Event, Happening
from tests.federation.description import AUDIENCE, text
from tests.federation.site import Answer, Site, serve, status
from tests.federation.visiting import ONE, TURTLE, Registry, opened, project, publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANY = "".join(f'dct:alternative "Walk {number}"@en ; ' for number in range(40)) + AUDIENCE
FULL = project(more=MANY)
SMALL = project()
EMPTY = status(200, b"@prefix a: <https://a.example/> .\n", Content_Type=TURTLE)
NOTHING = status(200, b"", Content_Type=TURTLE)
PAGE = status(200, b"<!doctype html><title>Soon back</title>", Content_Type="text/html")
GUISED = status(200, b"<!doctype html><title>Soon back</title>", Content_Type=TURTLE)


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as here:
        yield here


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with opened(tmp_path) as here:
        yield here


@pytest.mark.parametrize(
    ("answer", "confirmed"),
    [
        (SMALL, "accepted"),
        (EMPTY, "withdrawn"),
        (NOTHING, "withdrawn"),
        (PAGE, "rejected"),
        (GUISED, "rejected"),
    ],
    ids=["smaller", "empty", "nothing", "page", "page-as-turtle"],
)
def test_a_loss_is_believed_when_it_is_still_there_later(
    site: Site, registry: Registry, answer: Answer, confirmed: str
) -> None:
    here = publish(site, FULL)
    registry.visit(here)
    publish(site, answer)

    assert registry.outcomes(here) == ["held"]
    registry.pass_hours(11)
    assert registry.outcomes(here) == ["held"]
    assert registry.text() == text(more=MANY)
    registry.pass_hours(1)
    assert registry.outcomes(here) == [confirmed]
    assert (ONE in registry.ledger.published()) == (confirmed != "withdrawn")


@pytest.mark.parametrize("answer", [SMALL, EMPTY, PAGE], ids=["smaller", "empty", "page"])
def test_a_loss_that_is_made_good_leaves_no_trace(site: Site, registry: Registry, answer: Answer) -> None:
    for here in (FULL, answer, FULL):
        registry.visit(publish(site, here))
        registry.pass_hours(24)

    assert registry.text() == text(more=MANY)
    assert registry.last().happening is Happening.ACCEPTED


def test_a_loss_is_looked_at_again_as_soon_as_it_can_be_confirmed(site: Site, registry: Registry) -> None:
    here = publish(site, FULL)
    registry.visit(here)
    registry.visit(publish(site, SMALL))

    due = registry.notebook.of(ONE).due

    assert due is not None
    assert (due - registry.moment).total_seconds() == 12 * 3600


def test_a_smaller_text_is_confirmed_although_the_server_says_that_nothing_has_changed(
    site: Site, registry: Registry
) -> None:
    here = publish(site, FULL)
    registry.visit(here)
    registry.visit(publish(site, project(ETag='"2"')))
    registry.pass_hours(12)

    assert registry.outcomes(publish(site, status(304))) == ["accepted"]
    assert registry.text() == text()


def test_a_loss_that_began_while_the_clock_was_fast_is_believed_in_the_end(
    site: Site, registry: Registry
) -> None:
    registry.visit(publish(site, FULL))
    registry.pass_hours(9000)
    registry.visit(publish(site, SMALL))
    registry.pass_hours(-8999)

    here = publish(site, SMALL)
    assert registry.outcomes(here) == ["held"]
    registry.pass_hours(12)
    assert registry.outcomes(here) == ["accepted"]


def test_a_text_that_shrinks_further_is_in_doubt_anew(site: Site, registry: Registry) -> None:
    smaller = MANY.replace("Walk 1", "Talk").split("dct:alternative", 12)
    registry.visit(publish(site, FULL))
    registry.visit(publish(site, project(more=" dct:alternative".join(smaller[:12]).rstrip() + AUDIENCE)))
    registry.pass_hours(12)

    assert registry.outcomes(publish(site, SMALL)) == ["held"]
    registry.pass_hours(12)
    assert registry.outcomes(publish(site, SMALL)) == ["accepted"]


def test_a_text_that_stays_small_but_changes_is_confirmed_all_the_same(
    site: Site, registry: Registry
) -> None:
    registry.visit(publish(site, FULL))
    registry.visit(publish(site, SMALL))
    registry.pass_hours(6)
    registry.visit(publish(site, project(title="Still small")))
    registry.pass_hours(6)

    assert registry.outcomes(publish(site, project(title="Still small"))) == ["accepted"]


def test_what_is_out_of_reach_meanwhile_is_in_doubt_anew(site: Site, registry: Registry) -> None:
    for answer in (FULL, SMALL, status(500)):
        registry.visit(publish(site, answer))
        registry.pass_hours(12)

    assert registry.outcomes(publish(site, SMALL)) == ["held"]


def test_a_person_may_confirm_a_loss(site: Site, registry: Registry) -> None:
    here = publish(site, FULL)
    registry.visit(here)
    registry.visit(publish(site, EMPTY))

    registry.ledger.append(Event(ONE, Happening.RELEASED))

    assert registry.outcomes(here) == ["withdrawn"]


def test_what_stays_empty_stays_withdrawn_and_comes_back_when_it_is_full(
    site: Site, registry: Registry
) -> None:
    here = publish(site, FULL)
    registry.visit(here)
    publish(site, EMPTY)
    registry.visit(here)
    registry.pass_hours(12)

    assert registry.outcomes(here) + registry.outcomes(here) == ["withdrawn", "withdrawn"]
    assert registry.logged().count("withdrawn") == 1
    assert registry.outcomes(publish(site, SMALL)) == ["accepted"]


def test_a_page_never_takes_anything_away(site: Site, registry: Registry) -> None:
    here = publish(site, FULL)
    registry.visit(here)
    publish(site, PAGE)
    for _ in range(5):
        registry.visit(here)
        registry.pass_hours(24)

    assert registry.logged()[3:] == ["fetched", "held", "fetched", "rejected"]
    assert registry.text() == text(more=MANY)

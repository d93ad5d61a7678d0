"""What is the same is not read again, whatever a server says, unless the rules have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from federation.notebook import Note
from registry.graph.rules import rules_digest
from registry.ingest.document import read_document
from registry.ledger import Event, Happening, Version
from tests.federation.description import AUDIENCE, PRIVATE_MAILBOX, text
from tests.federation.site import Answer, Site, serve, status
from tests.federation.visiting import ONE, TURTLE, Registry, opened, project, publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from federation.source import Source


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as here:
        yield here


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with opened(tmp_path) as here:
        yield here


def test_a_server_is_asked_whether_anything_has_changed(site: Site, registry: Registry) -> None:
    dated = {"ETag": '"1"', "Last_Modified": "Sat, 21 Nov 2026 12:00:00 GMT"}
    registry.visit(publish(site, project(**dated)))

    assert registry.outcomes(publish(site, status(304))) == ["not-modified"]
    asked = site.asked[-1][1]
    assert asked["if-none-match"] == '"1"'
    assert asked["if-modified-since"] == "Sat, 21 Nov 2026 12:00:00 GMT"


def test_a_server_that_always_says_that_nothing_changed_is_read_in_full_every_week(
    site: Site, registry: Registry
) -> None:
    here = publish(site, project(ETag='"1"'))
    registry.visit(here)
    registry.pass_hours(7 * 24)

    publish(site, project(title="Changed", ETag='"1"'))

    assert registry.outcomes(here) == ["accepted"]
    assert "if-none-match" not in site.asked[-1][1]


def test_what_was_not_decided_on_is_asked_for_without_conditions(site: Site, registry: Registry) -> None:
    here = publish(site, project(ETag='"1"'))
    registry.visit(here)
    registry.ledger.append(Event(ONE, Happening.UNREACHABLE))

    registry.visit(here)

    assert "if-none-match" not in site.asked[-1][1]


@pytest.mark.parametrize("code", [200, 304])
def test_what_a_server_says_beside_the_document_is_noted_also_when_it_is_the_same(
    site: Site, registry: Registry, code: int
) -> None:
    registry.visit(publish(site, project(ETag='"1"')))
    inbox = '</inbox>; rel="http://www.w3.org/ns/ldp#inbox"'

    body = text() if code == 200 else b""
    registry.visit(publish(site, status(code, body, ETag='"2"', Link=inbox, Content_Type=TURTLE)))

    note = registry.notebook.of(ONE)
    assert (note.etag, note.inbox, note.outcome) == ('"2"', site.address("/inbox"), "not-modified")


def accept(registry: Registry, here: Source, data: bytes, happening: Happening = Happening.ACCEPTED) -> str:
    """Write down that a description was let in under rules that no longer hold."""
    document = read_document(data, media_type=TURTLE, address=here.address, space=here.space)
    version = Version(document.digest, document.canonical, data, TURTLE)
    registered = Event(here.space, Happening.REGISTERED, here.address)
    decided = Event(here.space, happening, here.address, document.digest, rules="older rules")
    registry.ledger.append_all([(registered, None), (decided, version)])
    note = Note(here.space, etag='"1"', digest=document.digest, read=registry.moment)
    registry.notebook.write([note])
    return document.digest


@pytest.mark.parametrize("answer", [project(ETag='"1"'), status(304)], ids=["same", "not-modified"])
def test_an_unchanged_description_is_admitted_anew_under_new_rules(
    site: Site, registry: Registry, answer: Answer
) -> None:
    here = publish(site, answer)
    accept(registry, here, text())

    assert registry.outcomes(here) + registry.outcomes(here) == ["accepted", "not-modified"]
    assert registry.logged(after=2) == ["accepted"]
    assert registry.last().rules == rules_digest()


@pytest.mark.parametrize("answer", [project(more=""), status(304)], ids=["same", "not-modified"])
def test_what_fails_under_new_rules_is_rejected_and_stays_with_readers(
    site: Site, registry: Registry, answer: Answer
) -> None:
    here = publish(site, answer)
    digest = accept(registry, here, text(more=""))

    (one,) = registry.visit(here)

    assert one.outcome == "rejected"
    assert "target group" in one.message
    assert registry.ledger.published()[ONE].digest == digest


def test_what_a_person_let_in_is_not_held_again(site: Site, registry: Registry) -> None:
    here = publish(site, project(more=AUDIENCE + PRIVATE_MAILBOX))
    accept(registry, here, text(more=AUDIENCE + PRIVATE_MAILBOX), Happening.RELEASED)

    assert registry.outcomes(here) + registry.outcomes(here) == ["released", "not-modified"]


def test_another_text_of_a_source_that_was_let_in_is_held(site: Site, registry: Registry) -> None:
    here = publish(site, project(title="New", more=AUDIENCE + PRIVATE_MAILBOX))
    accept(registry, here, text(more=AUDIENCE + PRIVATE_MAILBOX), Happening.RELEASED)

    assert registry.outcomes(here) == ["held"]

"""An announced version of a standard: projects learn what it changes for them, bodies that there is one."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from federation.notice.mail import PostOffice
from registry.account.actor import Role
from registry.translation import Translator
from registry.vocabulary import LANGUAGES
from tests.federation.notice.labelling import Labelling
from tests.federation.notice.post import serve_mail
from tests.registry.certification.registered import Registered
from tests.registry.certification.town import BODY, ORGANISATION, Town, town

OWNER, ASSESSOR = "owner@buddy.example", "assessor@body.example"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Town]:
    """A town in which a project has a label."""
    with town(tmp_path / "town") as made:
        made.until("grant")
        yield made


@pytest.fixture
def desk(place: Town) -> Iterator[Labelling]:
    """Those who are told of it."""
    with serve_mail() as server, PostOffice(server.url()) as office:
        yield Labelling(Registered(place.desk), server, office)


def announced(place: Town) -> date:
    (version,) = place.desk.rulebook.standard("cms").announced(date(2026, 12, 1))
    return version.announced


def test_a_project_is_told_once_what_a_new_version_changes_for_its_label(
    place: Town, desk: Labelling
) -> None:
    desk.enrol("owner", Role.OWNER, ORGANISATION)
    day = announced(place)
    rounds = [len(desk.round(one).told) for one in (day - timedelta(days=1), day, day + timedelta(days=1))]
    text = desk.bodies()[OWNER].replace("\r\n", " ")

    assert rounds == [0, 1, 0]
    assert "Version 1.1.0 of the standard begins to count" in text
    assert "the label counts by the version under which it was granted" in text
    assert " - " in text


def test_a_body_is_told_once_and_not_label_by_label(place: Town, desk: Labelling) -> None:
    desk.enrol("assessor", Role.ASSESSOR, BODY)
    desk.round(announced(place))
    text = desk.bodies()[ASSESSOR]

    assert text.count("Version 1.1.0 of the standard begins to count: Lantern") == 1
    assert "/case/" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_the_language_of_the_reader(place: Town, desk: Labelling, language: str) -> None:
    desk.enrol("owner", Role.OWNER, ORGANISATION, language)
    desk.round(announced(place))
    mail = desk.mails()[0]
    _ = Translator("web", language)

    assert mail["Content-Language"] == language
    assert (
        _("Until it ends, the label counts by the version under which it was granted.") in mail.get_content()
    )

"""What is told by mail of labels: to whom, when, in which words, and never twice."""

from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from federation.notice.certification import round as round_module
from federation.notice.certification.letter import write_letter
from federation.notice.certification.round import send_certification
from registry.account.account import list_accounts
from registry.account.actor import Role
from registry.account.vault import Vault
from registry.certification.life.act import Act
from registry.home import publish
from registry.ledger import Happening
from registry.settings import Settings
from registry.translation import Translator
from registry.vocabulary import LANGUAGES
from registry.web.app import create_app
from tests.federation.notice.labelling import BEGINNING, CHOSEN, Labelling, labelling, staffed
from tests.federation.notice.post import Refusing
from tests.registry.certification import acting
from tests.registry.certification.registered import ORGANISATION, TODAY, WAY_IN

OWNER, ASSESSOR = "owner@buddy.example", "assessor@body.example"
YEAR_BEFORE = date(2028, 10, 31)
CONDITION = [{"text": "Secret condition", "due": "2026-12-24", "uses": []}]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Labelling]:
    """A registry with one label, of which everybody knows."""
    with staffed(tmp_path / "home") as made:
        yield made


def test_each_side_is_told_what_the_other_side_did(tmp_path: Path) -> None:
    with labelling(tmp_path / "home") as desk:
        desk.enrol("owner", Role.OWNER, ORGANISATION)
        desk.enrol("assessor", Role.ASSESSOR, acting.BODY)
        desk.registry.award()
        desk.round(date(2026, 11, 2))
        told = desk.bodies()

    assert told.keys() == {OWNER, ASSESSOR}
    assert "Granted: " in told[OWNER]
    assert "Submitted: " not in told[OWNER]
    assert "Submitted: " in told[ASSESSOR]
    assert "Granted: " not in told[ASSESSOR]
    assert "Self-assessment" not in told[ASSESSOR]


def test_nobody_is_told_twice(desk: Labelling) -> None:
    assert [desk.round(day).told for day in (TODAY, YEAR_BEFORE, YEAR_BEFORE)][0::2] == [(), ()]
    assert len(desk.mails()) == 2


def test_both_sides_are_reminded_before_a_label_ends(desk: Labelling) -> None:
    reminded = [
        day
        for day in (date(2028, 10, 30), YEAR_BEFORE, date(2029, 4, 30), date(2029, 7, 31))
        if desk.round(day).told
    ]
    mails = desk.mails()

    assert reminded == [YEAR_BEFORE, date(2029, 4, 30), date(2029, 7, 31)]
    assert [mail["To"] for mail in mails] == [ASSESSOR, OWNER] * 3
    assert "Time to renew, 12 months before the label ends" in mails[0].get_content()
    assert "(31 October 2029)" in mails[0].get_content()
    assert f"{acting.REGISTRY}/case/0a1b2c3d4e5f" in mails[0].get_content()


def test_whoever_comes_late_is_told_of_the_last_reminder_only(desk: Labelling) -> None:
    desk.round(date(2029, 8, 1))

    assert [mail.get_content().count("Time to renew") for mail in desk.mails()] == [1, 1]


def test_an_extension_begins_the_reminders_anew(desk: Labelling) -> None:
    desk.round(YEAR_BEFORE)
    acting.act(desk.registry.desk.home.ledger, "extend", "2028-11-01", expires="2030-10-31")
    desk.mails()
    desk.round(date(2028, 11, 2))
    assert "Extended: " in desk.bodies()[OWNER]
    desk.round(date(2029, 10, 31))

    assert "(31 October 2030)" in desk.bodies()[OWNER]


def test_a_condition_is_told_of_before_its_day_and_after_it(tmp_path: Path) -> None:
    with labelling(tmp_path / "home") as desk:
        desk.enrol("owner", Role.OWNER, ORGANISATION)
        acting.apply(desk.registry.desk.home.ledger, "2026-11-01", organisation=ORGANISATION)
        acting.award(desk.registry.desk.home.ledger, "2026-11-01", "2029-10-31", conditions=CONDITION)
        days = (
            date(2026, 11, 2),
            date(2026, 11, 24),
            date(2026, 12, 24),
            date(2026, 12, 25),
            date(2027, 1, 5),
        )
        told = [mail.get_content() for day in days for _ in desk.round(day).told for mail in desk.mails()]

    assert ["Condition 1 must be met" in mail for mail in told] == [False, True, True]
    assert ["That day has passed." in mail for mail in told] == [False, False, True]
    assert not any("Secret condition" in mail for mail in told)


def test_evidence_that_is_out_of_date_is_told_of_by_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aged = acting.TURTLE.replace("koepel:appealDays", "koepel:evidenceMonths 36 ; koepel:appealDays")
    monkeypatch.setattr(acting, "TURTLE", aged)
    with staffed(tmp_path / "home") as desk:
        desk.round(date(2027, 5, 1))
        before = desk.mails()
        desk.round(date(2027, 5, 2))
        told = desk.bodies()

    assert before == []
    assert all("Document 1 has to be replaced" in text for text in told.values())
    assert not any(secret in text for text in told.values() for secret in acting.SECRETS)


def test_both_sides_are_told_when_something_basic_is_lost_and_found_again(desk: Labelling) -> None:
    desk.registry.publish(WAY_IN)
    desk.round()
    lost = desk.bodies()
    desk.registry.publish()
    desk.round(hour=14)
    found = desk.bodies()

    assert lost.keys() == found.keys() == {OWNER, ASSESSOR}
    assert "- Newcomers find their way in, and everyone knows how" in lost[OWNER]
    assert "is there again" in found[ASSESSOR]
    assert desk.round(hour=16).told == ()


def test_a_loss_is_told_once_however_often_one_looks(desk: Labelling) -> None:
    desk.registry.publish(WAY_IN)

    assert [len(desk.round(date(2026, 11, day)).told) for day in (22, 23, 24, 30)] == [2, 0, 0, 0]


@pytest.mark.parametrize(
    ("happening", "words"),
    [
        (Happening.WITHDRAWN, "has withdrawn the description"),
        (Happening.REMOVED, "no longer in the register"),
        (Happening.UNREACHABLE, "cannot be reached"),
    ],
)
def test_both_sides_are_told_when_a_description_is_gone(
    desk: Labelling, happening: Happening, words: str
) -> None:
    desk.registry.befall(happening)
    desk.round()

    assert [words in text for text in desk.bodies().values()] == [True, True]


@pytest.mark.parametrize("unknown", [{"standard": "gone"}, {"version": "0.9.0"}])
def test_a_label_by_an_unknown_standard_keeps_nobody_else_from_mail(
    desk: Labelling, unknown: dict[str, str]
) -> None:
    desk.registry.award("2026-10-01", case=f"{acting.CASE[:-1]}0", **unknown)
    desk.registry.publish(WAY_IN)
    desk.round()

    for text in desk.bodies().values():
        assert "Something basic no longer holds" in text
        assert text.count("does not know the version of the standard") == 1
    assert desk.round(hour=13).told == ()


def test_a_label_that_was_revoked_is_watched_no_more(desk: Labelling) -> None:
    acting.act(desk.registry.desk.home.ledger, "revoke", "2026-11-03")
    desk.registry.publish(WAY_IN)
    desk.round()

    assert "Revoked" in desk.bodies()[OWNER]
    assert desk.round(YEAR_BEFORE).told == ()


def test_nobody_gets_two_mails_within_a_quarter_of_an_hour(desk: Labelling) -> None:
    ledger = desk.registry.desk.home.ledger
    acting.act(ledger, "suspend", "2026-11-20")
    first = desk.round()
    acting.act(ledger, "reinstate", "2026-11-21")
    second, third = desk.round(), desk.round(hour=13)

    assert [len(one.told) for one in (first, second, third)] == [1, 0, 1]
    assert second.again is not None
    assert ["Suspended: " in mail.get_content() for mail in desk.mails()] == [True, False]


def test_what_happened_meanwhile_comes_in_one_mail(desk: Labelling) -> None:
    acting.act(desk.registry.desk.home.ledger, "suspend", "2026-11-20")
    acting.act(desk.registry.desk.home.ledger, "reinstate", "2026-11-21")
    desk.registry.publish(WAY_IN)
    desk.round()
    mail = next(one for one in desk.mails() if one["To"] == OWNER)

    assert mail["Subject"] == "News about labels (3)"
    assert mail.get_content().count(f"{acting.REGISTRY}/case/0a1b2c3d4e5f") == 1


def test_history_that_is_written_down_later_is_no_news(tmp_path: Path) -> None:
    with labelling(tmp_path / "home") as desk:
        desk.enrol("owner", Role.OWNER, ORGANISATION)
        desk.registry.award(on="2026-10-02")

        assert desk.round(date(2026, 11, 2)).told == ()


def test_no_mail_goes_to_those_who_have_no_part_or_no_account(tmp_path: Path) -> None:
    with labelling(tmp_path / "home") as desk:
        desk.enrol("stranger", Role.OWNER, "https://else.example/#us")
        desk.enrol("operator", Role.OPERATOR, "")
        desk.enrol("invited", Role.OWNER, ORGANISATION, active=False)
        desk.close(desk.enrol("gone", Role.DECIDER, acting.BODY))
        desk.registry.award()

        assert desk.round(date(2026, 11, 2)).told == ()
        assert desk.mails() == []


def test_whoever_acted_is_not_told_of_it(tmp_path: Path) -> None:
    with labelling(tmp_path / "home") as desk:
        ada = desk.enrol("ada", Role.OWNER, ORGANISATION)
        desk.registry.award()
        own = Act(acting.CASE, "suspend", date(2026, 11, 2), ada.iri, acting.BODY, "session")
        desk.registry.desk.home.ledger.append(own.event())
        desk.round(date(2026, 11, 2))

        assert "Suspended" not in desk.bodies()["ada@buddy.example"]


def test_an_account_that_wants_no_mail_gets_none_and_begins_anew_later(tmp_path: Path) -> None:
    with labelling(tmp_path / "home") as desk:
        owner = desk.enrol("owner", Role.OWNER, ORGANISATION)
        desk.registry.award()
        desk.mute(owner)
        muted = desk.round(date(2026, 11, 2)).told
        desk.mute(owner, silent=False)

        assert (muted, desk.round(date(2026, 11, 3)).told) == ((), ())
        assert len(desk.round(YEAR_BEFORE).told) == 1


def test_the_link_in_a_mail_says_the_same_as_the_page_of_the_account(desk: Labelling) -> None:
    desk.round(YEAR_BEFORE)
    (mail,) = (one for one in desk.mails() if one["To"] == OWNER)
    token = mail["List-Unsubscribe"].partition("token=")[2].strip(">")

    home = desk.registry.desk.home
    with TestClient(create_app(home, CHOSEN)) as browser:
        assert browser.post("/en/mail", params={"token": token}).status_code == 200

    with Vault(home.folder) as vault:
        wanted = {account.mail: account.wants_mail for account in list_accounts(vault)}
    assert wanted == {OWNER: False, ASSESSOR: True}


def test_every_mail_says_how_to_stop(desk: Labelling) -> None:
    desk.round(YEAR_BEFORE)
    for mail in desk.mails():
        link = mail["List-Unsubscribe"].strip("<>")

        assert link in mail.get_content()
        assert link.startswith(f"{acting.REGISTRY}/en/mail?token=stop.")
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("language", LANGUAGES)
def test_mail_is_written_in_the_language_of_its_reader(tmp_path: Path, language: str) -> None:
    with staffed(tmp_path / "home", language) as desk:
        desk.registry.publish(WAY_IN)
        desk.round(YEAR_BEFORE)
        mail = desk.mails()[1]

    assert mail["Content-Language"] == language
    assert mail.get_content().startswith(Translator("web", language)("Good day,"))
    assert mail["List-Unsubscribe"].startswith(f"<{acting.REGISTRY}/{language}/")


def test_a_hostile_name_brings_no_header_along(desk: Labelling) -> None:
    home = desk.registry.desk.home
    hostile = '"Bridge\\r\\nBcc: all@else.example\\u2028\\u202e"@en'
    desk.registry.publish(texts={'"Example project The Bridge (fictitious)"@en': hostile})
    publish(home, desk.registry.desk.rulebook, TODAY)
    desk.round(YEAR_BEFORE)
    mail = desk.mails()[0]

    assert mail["Bcc"] is None
    assert "Bridge\\u000d\\u000aBcc: all@else.example" in mail["Subject"]
    assert "\u202e" not in mail.get_content()


def test_a_mail_that_is_not_taken_is_written_again_later(tmp_path: Path) -> None:
    with staffed(tmp_path / "home", handler=Refusing()) as desk:
        first, again = desk.round(date(2026, 11, 2)), desk.round(date(2026, 11, 3))

    assert [[one.outcome for one in sent.told] for sent in (first, again)] == [["failed", "failed"]] * 2
    assert first.again is not None


def test_what_goes_wrong_for_one_reader_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any) -> EmailMessage:
        if arguments[1].mail == ASSESSOR:
            raise ValueError("nobody foresaw this")
        return write_letter(*arguments)

    with staffed(tmp_path / "home") as desk:
        monkeypatch.setattr(round_module, "write_letter", fail)
        first = desk.round(YEAR_BEFORE)
        monkeypatch.undo()

        assert sorted(one.outcome for one in first.told) == ["failed", "sent"]
        assert [one.outcome for one in desk.round(YEAR_BEFORE, hour=14).told] == ["sent"]


def test_without_a_mail_server_nothing_is_sent_and_nothing_lost(desk: Labelling) -> None:
    here = desk.registry.desk
    assert send_certification(here.home, here.rulebook, Settings(), BEGINNING).told == ()
    assert len(desk.round(YEAR_BEFORE).told) == 2

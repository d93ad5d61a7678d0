"""The file of what was told to whom."""

from datetime import timedelta
from pathlib import Path

import pytest

from federation.notice.consent import Consent, Wish
from federation.notice.tray import Channel, Letter, Mailbox, Tray
from registry.storage import StorageError
from tests.federation.notice.ledger import NOON, SOURCE


def test_the_key_stays_the_same_and_is_nobody_elses(tmp_path: Path) -> None:
    keys = []
    for name in ("one", "one", "other"):
        with Tray(tmp_path / name) as tray:
            keys.append(tray.key())

    assert keys[0] == keys[1] != keys[2]
    assert len(keys[0]) == 32


def test_what_is_due_comes_in_order_and_only_when_it_is(tmp_path: Path) -> None:
    letters = [
        Letter(Channel.INBOX, f"{SOURCE}{hours}", NOON + timedelta(hours=hours)) for hours in (3, 1, 2)
    ]
    with Tray(tmp_path / "notices.sqlite") as tray:
        tray.put(letters)

        assert [one.source[-1] for one in tray.due(NOON + timedelta(hours=2))] == ["1", "2"]


def test_a_later_letter_takes_the_place_of_the_earlier(tmp_path: Path) -> None:
    with Tray(tmp_path / "notices.sqlite") as tray:
        tray.put([Letter(Channel.MAIL, SOURCE, NOON, failures=3)])
        tray.put([Letter(Channel.MAIL, SOURCE, NOON)])

        assert [one.failures for one in tray.due(NOON)] == [0]


def test_a_mailbox_is_remembered_with_its_moments(tmp_path: Path) -> None:
    mailbox = Mailbox("0" * 32, asked=NOON, stopped=NOON + timedelta(seconds=1))
    with Tray(tmp_path / "notices.sqlite") as tray:
        tray.note(mailbox)
    with Tray(tmp_path / "notices.sqlite") as tray:
        assert tray.mailbox("0" * 32) == mailbox
        assert tray.mailbox("1" * 32) == Mailbox("1" * 32)


def test_trouble_with_the_disk_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()

    with pytest.raises(OSError, match="Permission denied"):
        Tray(tmp_path / "folder")


def test_a_file_that_is_damaged_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "notices.sqlite").write_bytes(b"no database" * 1000)

    with pytest.raises(StorageError, match="Put back a copy, or delete it"):
        Tray(tmp_path / "notices.sqlite")


def test_what_stands_behind_a_plus_sign_is_the_same_mailbox(tmp_path: Path) -> None:
    with Tray(tmp_path / "notices.sqlite") as tray:
        consent = Consent(tray)
        consent.follow(consent.link(Wish.STOP, "info@buddy.example", NOON), NOON)

        assert not consent.may_ask("Info+42@buddy.example", NOON)
        assert consent.may_ask("other@buddy.example", NOON)

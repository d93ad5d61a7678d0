"""How many guesses there are, and that nobody can use up those of others."""

from pathlib import Path

import pytest

from registry.account.account import Account, add_account
from registry.account.lockout import Door, WaitError, admit, at_door, forgive, mark_device
from registry.account.office import Office
from tests.registry.account.people import ADDRESS, Clock, make_office

HERE, THERE = "192.0.2.1", "198.51.100.7"
MAIL = "anna@buddy.example"


@pytest.fixture
def clock() -> Clock:
    """A clock that the test moves."""
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Office:
    """A registry."""
    return make_office(tmp_path, clock)


@pytest.fixture
def anna(office: Office) -> Account:
    """An account."""
    with office.vault as vault:
        return add_account(vault, ADDRESS, "Anna Example", MAIL, "nl", office.now())


def knock(office: Office, door: Door) -> int:
    """Guess once; gives how many seconds there are to wait."""
    with office.vault as vault:
        try:
            admit(vault, door, office.now())
        except WaitError as error:
            return error.seconds
    return 0


def door_of(
    office: Office, account: Account | None, client: str = HERE, device: str = "", mail: str = MAIL
) -> Door:
    return at_door(office.secret, mail, account, client, device)


def test_the_wait_grows_from_seconds_to_a_quarter_of_an_hour(
    office: Office, anna: Account, clock: Clock
) -> None:
    door, waits = door_of(office, anna), []
    for _ in range(14):
        waits.append(knock(office, door))
        clock.move(seconds=waits[-1])
        if waits[-1]:
            knock(office, door)

    assert waits == [0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900]


def test_knocking_while_waiting_makes_the_wait_no_longer(office: Office, anna: Account, clock: Clock) -> None:
    door = door_of(office, anna)
    for _ in range(50):
        knock(office, door)
    clock.move(seconds=5)

    assert knock(office, door) == 0


def test_an_attack_from_everywhere_has_one_guess_a_minute(
    office: Office, anna: Account, clock: Clock
) -> None:
    tried = 0
    for number in range(300):
        tried += knock(office, door_of(office, anna, f"203.0.113.{number}")) == 0
        clock.move(seconds=1)

    assert tried == 20 + 4


def test_an_attack_does_not_keep_the_owner_out_of_a_browser_that_knows_them(
    office: Office, anna: Account
) -> None:
    device = mark_device(office.secret, anna)
    for number in range(40):
        knock(office, door_of(office, anna, f"203.0.113.{number}"))
        knock(office, door_of(office, anna, HERE))

    assert knock(office, door_of(office, anna, HERE, device)) == 0
    assert knock(office, door_of(office, anna, HERE)) > 0


def test_few_guesses_elsewhere_do_not_keep_the_owner_out_of_a_new_browser(
    office: Office, anna: Account
) -> None:
    for _ in range(40):
        knock(office, door_of(office, anna, THERE))

    assert knock(office, door_of(office, anna, HERE)) == 0


def test_a_mark_is_of_no_use_for_another_account(office: Office, anna: Account) -> None:
    with office.vault as vault:
        bert = add_account(vault, ADDRESS, "Bert Example", "bert@buddy.example", "nl", office.now())

    assert not door_of(office, anna, device=mark_device(office.secret, bert)).known


@pytest.mark.parametrize("device", ["", "x", "gAAAAABnothing", "=" * 4_000])
def test_what_is_no_mark_makes_no_browser_known(office: Office, anna: Account, device: str) -> None:
    assert not door_of(office, anna, device=device).known


def test_a_stolen_mark_has_no_more_guesses_than_a_network(office: Office, anna: Account) -> None:
    device = mark_device(office.secret, anna)

    waits = [knock(office, door_of(office, anna, f"203.0.113.{n}", device)) for n in range(7)]

    assert waits == [0] * 5 + [5, 5]


def test_one_network_cannot_try_many_accounts_without_end(office: Office) -> None:
    waits = [knock(office, door_of(office, None, THERE, mail=f"{n}@buddy.example")) for n in range(32)]

    assert waits == [0] * 30 + [5, 5]


def test_mail_addresses_without_an_account_wait_as_others_do(office: Office, anna: Account) -> None:
    nobody = [knock(office, door_of(office, None, mail="nobody@buddy.example")) for _ in range(7)]
    somebody = [knock(office, door_of(office, anna)) for _ in range(7)]

    assert nobody == somebody == [0] * 5 + [5, 5]


def test_who_turns_out_to_be_the_owner_starts_anew(office: Office, anna: Account) -> None:
    door = door_of(office, anna)
    for _ in range(6):
        knock(office, door)
    with office.vault as vault:
        forgive(vault, door)

    assert [knock(office, door) for _ in range(6)] == [0] * 5 + [5]


def test_guesses_are_forgotten_after_a_day(office: Office, anna: Account, clock: Clock) -> None:
    for _ in range(40):
        knock(office, door_of(office, anna))
    clock.move(days=1)

    assert [knock(office, door_of(office, anna)) for _ in range(5)] == [0] * 5


def test_what_is_kept_of_guesses_names_nobody_and_no_network(office: Office, anna: Account) -> None:
    knock(office, door_of(office, anna))

    with office.vault as vault:
        kept = " ".join(str(tuple(row)) for row in vault.rows("SELECT * FROM attempt"))
    assert [one for one in (HERE, "anna", anna.id) if one in kept] == []

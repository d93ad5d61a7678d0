"""Signing in with a password and a code, and how many guesses there are."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from registry.account import password as passwords
from registry.account.account import find_account
from registry.account.lockout import WaitError, admit, at_door
from registry.account.office import Office
from registry.account.people import close
from registry.account.session import find_session, list_sessions
from registry.account.signing_in import Attempt, Welcome, change_password, renew_codes, sign_in
from registry.errors import KoepelError
from registry.ledger import Happening
from tests.registry.account.people import CONSOLE, PASSWORD, Clock, Person, enrol, make_office

HERE = "192.0.2.1"
WRONG = "not the password at all"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A registry."""
    return make_office(tmp_path)


@pytest.fixture
def anna(office: Office) -> Person:
    """Somebody with an account."""
    return enrol(office)


def attempt(person: Person, password: str = PASSWORD, code: str = "", **more: str) -> Attempt:
    return Attempt(person.account.mail, password, code or person.code, **{"client": HERE, **more})


def refusal(act: Callable[[], object]) -> str:
    """Give the code of the error with which something is refused."""
    with pytest.raises(KoepelError) as caught:
        act()
    return caught.value.code


def guess(office: Office, given: Attempt, times: int) -> list[str]:
    """Try something wrong many times."""
    return [refusal(lambda: sign_in(office, given)) for _ in range(times)]


def test_who_knows_password_and_code_gets_a_session(office: Office, anna: Person) -> None:
    welcome = sign_in(office, attempt(anna))

    with office.vault as vault:
        session = find_session(vault, welcome.session, office.now())
    assert session is not None
    assert session.account == anna.account.id


def test_capitals_in_a_mail_address_do_not_matter(office: Office, anna: Person) -> None:
    assert sign_in(office, replace(attempt(anna), mail=" ANNA@Buddy.Example ")).account.id == anna.account.id


@pytest.mark.parametrize(
    "wrong",
    [{"password": WRONG}, {"code": "000000"}, {"code": ""}, {"mail": "nobody@buddy.example"}, {"mail": ""}],
)
def test_whatever_is_wrong_the_answer_is_the_same(
    office: Office, anna: Person, wrong: dict[str, str]
) -> None:
    assert refusal(lambda: sign_in(office, replace(attempt(anna), **wrong))) == "sign-in-wrong"


@pytest.mark.parametrize("known", [True, False])
def test_an_unknown_mail_address_costs_as_much_work(
    office: Office, anna: Person, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    passwords.is_password("", "")  # so that the hash which belongs to nobody is there
    checked: list[str] = []
    verify = PasswordHasher.verify

    def watched(self: PasswordHasher, known: str, given: str) -> bool:
        checked.append(known[:30])
        return verify(self, known, given)

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    given = attempt(anna, WRONG)
    guess(office, given if known else replace(given, mail="nobody@buddy.example"), 1)

    assert checked == ["$argon2id$v=19$m=65536,t=3,p=4"]


def test_a_code_works_once(office: Office, anna: Person) -> None:
    given = attempt(anna)
    sign_in(office, given)

    assert refusal(lambda: sign_in(office, given)) == "sign-in-wrong"


def test_a_code_of_before_one_that_was_used_works_no_longer(office: Office, anna: Person) -> None:
    early = attempt(anna)
    anna.clock.move(seconds=30)
    sign_in(office, attempt(anna))

    assert refusal(lambda: sign_in(office, early)) == "sign-in-wrong"


@pytest.mark.parametrize(("seconds", "good"), [(-61, False), (-30, True), (30, True), (90, False)])
def test_clocks_may_differ_by_half_a_minute(office: Office, anna: Person, seconds: int, good: bool) -> None:
    anna.clock.move(minutes=10)
    given = attempt(anna)
    anna.clock.move(seconds=seconds)

    if good:
        sign_in(office, given)
    else:
        assert refusal(lambda: sign_in(office, given)) == "sign-in-wrong"


def test_a_spare_code_works_once(office: Office, anna: Person) -> None:
    spare = attempt(anna, code=anna.spare[3].upper().replace("-", " "))

    sign_in(office, spare)

    assert refusal(lambda: sign_in(office, spare)) == "sign-in-wrong"


def test_a_spare_code_is_not_used_up_by_somebody_without_the_password(office: Office, anna: Person) -> None:
    guess(office, attempt(anna, WRONG, anna.spare[0]), 1)

    assert sign_in(office, attempt(anna, code=anna.spare[0])).account.id == anna.account.id


def test_a_spare_code_of_somebody_else_does_not_work(office: Office, anna: Person) -> None:
    bert = enrol(office, "Bert Example")

    assert refusal(lambda: sign_in(office, attempt(anna, code=bert.spare[0]))) == "sign-in-wrong"


def test_new_spare_codes_need_the_password_and_void_the_old(office: Office, anna: Person) -> None:
    welcome = sign_in(office, attempt(anna))
    with office.vault as vault:
        (session,) = list_sessions(vault, anna.account, office.now())

    assert refusal(lambda: renew_codes(office, session, welcome.account, WRONG)) == "password-wrong"
    codes = renew_codes(office, session, welcome.account, PASSWORD)

    assert sign_in(office, attempt(anna, code=codes[0])).account.id == anna.account.id
    assert refusal(lambda: sign_in(office, attempt(anna, code=anna.spare[0]))) == "sign-in-wrong"


def test_a_password_is_the_same_on_every_keyboard(office: Office, anna: Person) -> None:
    assert passwords.is_password(
        passwords.hash_password("cafe\u0301 au lait encore"), "caf\u00e9 au lait encore"
    )


@pytest.mark.parametrize("password", ["short", "a" * 12, "anna@buddy.example", "Anna Example", "x" * 201])
def test_a_password_that_is_short_or_telling_is_refused(password: str) -> None:
    assert refusal(
        lambda: passwords.check_password(password, "Anna Example", "anna@buddy.example")
    ).startswith("password-")


def test_a_hash_with_parameters_of_another_time_is_made_anew(office: Office, anna: Person) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with office.vault as vault:
        vault.write("UPDATE account SET password = ?", weak)

    sign_in(office, attempt(anna))

    with office.vault as vault:
        assert "m=65536,t=3,p=4" in find_account(vault, anna.account.id).password


def test_nobody_signs_in_to_an_account_that_was_closed(office: Office, anna: Person) -> None:
    close(office, CONSOLE, anna.account.id)

    assert refusal(lambda: sign_in(office, attempt(anna))) == "sign-in-wrong"


def test_another_password_ends_the_other_sessions(office: Office, anna: Person) -> None:
    other = sign_in(office, attempt(anna))
    anna.clock.move(minutes=1)
    welcome = sign_in(office, attempt(anna))
    with office.vault as vault:
        session = find_session(vault, welcome.session, office.now())
    assert session is not None

    change_password(office, session, welcome.account, PASSWORD, "another horse entirely")

    with office.vault as vault:
        kept = [find_session(vault, one.session, office.now()) for one in (other, welcome)]
    assert kept == [None, session]
    assert refusal(lambda: sign_in(office, attempt(anna, code=anna.spare[0]))) == "sign-in-wrong"


def test_who_guesses_waits_and_is_told_how_long(office: Office, anna: Person) -> None:
    guesses = guess(office, attempt(anna, WRONG), 6)

    assert guesses == ["sign-in-wrong"] * 5 + ["sign-in-wait"]
    with pytest.raises(WaitError) as caught:
        sign_in(office, attempt(anna))
    assert caught.value.seconds == 5


def test_a_browser_that_was_signed_in_from_is_known(office: Office, anna: Person) -> None:
    device = sign_in(office, attempt(anna)).device
    anna.clock.move(minutes=1)
    guess(office, attempt(anna, WRONG), 6)

    assert sign_in(office, attempt(anna, device=device)).account.id == anna.account.id


def test_the_ledger_notes_once_that_an_account_is_under_attack(office: Office, anna: Person) -> None:
    knock_everywhere(office, anna, 19)
    for network in ("203.0.113.1", "203.0.113.2"):
        guess(office, attempt(anna, WRONG, client=network), 1)
        anna.clock.move(minutes=1)

    slow = [one for one in office.home.ledger.acts() if '"slow"' in one.terms]
    assert [(one.source, one.happening) for one in slow] == [(anna.account.iri, Happening.ENTITLED)]


def knock_everywhere(office: Office, person: Person, times: int) -> None:
    """Let guesses be counted from many networks, without the work of checking them."""
    with office.vault as vault:
        for number in range(times):
            door = at_door(office.secret, person.account.mail, person.account, f"198.51.100.{number}")
            admit(vault, door, office.now())


def test_a_session_ends_after_two_idle_hours_and_twelve_in_all(office: Office, anna: Person) -> None:
    idle = sign_in(office, attempt(anna))
    anna.clock.move(hours=2)
    with office.vault as vault:
        assert find_session(vault, idle.session, office.now()) is None
    busy = sign_in(office, attempt(anna))

    assert [found(office, busy, anna.clock) for _ in range(8)] == [True] * 7 + [False]


def found(office: Office, welcome: Welcome, clock: Clock) -> bool:
    """Use a session after another hour and a half."""
    clock.move(hours=1.5)
    with office.vault as vault:
        return find_session(vault, welcome.session, office.now()) is not None


def test_the_vault_holds_no_secret_in_clear(office: Office, anna: Person) -> None:
    welcome = sign_in(office, attempt(anna))

    with office.vault as vault:
        tables = [row["name"] for row in vault.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        kept = str([tuple(row) for name in tables for row in vault.rows(f"SELECT * FROM {name}")])  # noqa: S608
    secrets = (PASSWORD, anna.factor, welcome.session, welcome.device, *anna.spare)
    assert [one for one in secrets if one in kept] == []


def test_what_was_given_does_not_show_in_a_log(anna: Person) -> None:
    assert PASSWORD not in repr(attempt(anna))
    assert anna.factor not in repr(anna.account)

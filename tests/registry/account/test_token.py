"""Tokens for programs: what they lend, for how long, and when they are worth nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from registry.account.actor import Role, Scope
from registry.account.invitation import accept_provider
from registry.account.office import Office
from registry.account.people import close, create, invite, withdraw_role
from registry.account.token import PREFIX, issue, list_tokens, read_token, revoke
from registry.errors import KoepelError
from tests.registry.account.people import ASSESSOR, BODY, CONSOLE, OWNER, US, Person, enrol, make_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A registry."""
    return make_office(tmp_path)


@pytest.fixture
def anna(office: Office) -> Person:
    """The owner of an organisation, who is an assessor elsewhere."""
    return enrol(office, "Anna Example", OWNER, ASSESSOR)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(KoepelError) as caught:
        act()
    return caught.value.code


def made(office: Office, person: Person, *scopes: str, days: int = 30) -> tuple[str, str]:
    """Issue a token; gives its number and the token."""
    token, secret = issue(office, CONSOLE, person.account, "a portal", scopes or ("read",), days)
    return token.id, secret


def test_a_token_lends_what_its_scopes_say_and_no_more(office: Office, anna: Person) -> None:
    number, secret = made(office, anna, "read", "apply")

    actor = read_token(office, secret)

    assert (actor.account, actor.via) == (anna.account.iri, f"token:{number}")
    assert actor.may(Role.OWNER, US)
    assert not actor.may(Role.ASSESSOR, BODY)


def test_a_token_never_lends_more_than_its_account_has_now(office: Office, anna: Person) -> None:
    _, secret = made(office, anna, "apply")
    withdraw_role(office, CONSOLE, anna.account.id, Role.OWNER, US)

    assert not read_token(office, secret).may(Role.OWNER, US)


@pytest.mark.parametrize(
    ("scopes", "code"),
    [
        (("decide",), "token-beyond-roles"),
        (("read", "operate"), "token-beyond-roles"),
        (("everything",), "token-scopes-wrong"),
        (("READ",), "token-scopes-wrong"),
        ((), "token-scopes-wrong"),
    ],
)
def test_scopes_are_those_of_the_account(
    office: Office, anna: Person, scopes: tuple[str, ...], code: str
) -> None:
    assert refusal(lambda: issue(office, CONSOLE, anna.account, "a portal", scopes, 30)) == code


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_token_holds_a_year_at_most(office: Office, anna: Person, days: int) -> None:
    assert refusal(lambda: made(office, anna, days=days)) == "token-days-wrong"


@pytest.mark.parametrize("purpose", ["", "  ", "x" * 61, "a\x07b"])
def test_a_token_says_what_it_is_for(office: Office, anna: Person, purpose: str) -> None:
    assert (
        refusal(lambda: issue(office, CONSOLE, anna.account, purpose, ["read"], 30)) == "token-purpose-wrong"
    )


def test_an_account_that_was_not_set_up_gets_no_token(office: Office) -> None:
    account, _ = create(office, CONSOLE, "Bert Example", "bert@buddy.example", "nl")

    assert refusal(lambda: issue(office, CONSOLE, account, "a portal", ["read"], 30)) == "account-not-active"


def test_a_token_runs_out(office: Office, anna: Person) -> None:
    _, secret = made(office, anna, days=30)
    anna.clock.move(days=30, seconds=-1)
    assert read_token(office, secret).scopes == frozenset({Scope.READ})

    anna.clock.move(seconds=1)

    assert refusal(lambda: read_token(office, secret)) == "token-invalid"


def test_a_revoked_token_is_worth_nothing(office: Office, anna: Person) -> None:
    number, secret = made(office, anna)
    revoke(office, CONSOLE, anna.account, number)

    assert refusal(lambda: read_token(office, secret)) == "token-invalid"
    assert refusal(lambda: revoke(office, CONSOLE, anna.account, number)) == "token-unknown"


def test_a_new_start_of_the_account_voids_its_tokens(office: Office, anna: Person) -> None:
    number, secret = made(office, anna)
    _, code = invite(office, CONSOLE, anna.account.id)
    accept_provider(office, code, "https://provider.example", "anna")

    assert refusal(lambda: read_token(office, secret)) == "token-invalid"
    told = [json.loads(one.terms) for one in office.home.ledger.acts()]
    assert [one["token"] for one in told if one["act"] == "revoke"] == [number]


def test_nobody_revokes_the_token_of_somebody_else(office: Office, anna: Person) -> None:
    number, secret = made(office, anna)
    bert = enrol(office, "Bert Example")

    assert refusal(lambda: revoke(office, CONSOLE, bert.account, number)) == "token-unknown"
    assert read_token(office, secret).account == anna.account.iri


@pytest.mark.parametrize("erase", [True, False])
def test_the_tokens_of_a_closed_account_are_worth_nothing(office: Office, anna: Person, erase: bool) -> None:
    _, secret = made(office, anna)
    close(office, CONSOLE, anna.account.id, erase=erase)

    assert refusal(lambda: read_token(office, secret)) == "token-invalid"


@pytest.mark.parametrize("secret", ["", PREFIX, "kp_x", "é", "x" * 100_000, "\ud800"[:0]])
def test_what_is_no_token_is_refused(office: Office, secret: str) -> None:
    assert refusal(lambda: read_token(office, secret)) == "token-invalid"


def test_the_vault_keeps_a_digest_and_the_day_of_the_last_use(office: Office, anna: Person) -> None:
    _, secret = made(office, anna)
    read_token(office, secret)

    with office.vault as vault:
        (token,) = list_tokens(vault, anna.account)
        kept = str([tuple(row) for row in vault.rows("SELECT * FROM token")])
    assert token.used == "2026-11-22"
    assert secret not in kept
    assert secret.removeprefix(PREFIX) not in kept


def test_the_ledger_knows_the_token_by_number_and_scopes(office: Office, anna: Person) -> None:
    number, secret = made(office, anna, "read", "apply", days=10)
    revoke(office, CONSOLE, anna.account, number)

    issued, revoked = (json.loads(one.terms) for one in office.home.ledger.acts()[-2:])
    assert issued == {
        "act": "token",
        "on": "2026-11-22",
        "token": number,
        "scopes": ["apply", "read"],
        "expires": "2026-12-02",
    }
    assert revoked == {"act": "revoke", "on": "2026-11-22", "token": number}
    assert secret not in str([*office.home.ledger.events()])


def test_an_account_has_a_limited_number_of_tokens(office: Office, anna: Person) -> None:
    for _ in range(50):
        made(office, anna)

    assert refusal(lambda: made(office, anna)) == "token-too-many"

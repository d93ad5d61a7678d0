"""Who may give which role to whom, and what the ledger and the vault keep of it."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyotp
import pytest

from registry.account.account import find_account, list_accounts
from registry.account.actor import Actor, Grant, Role, Scope
from registry.account.grant import Rights
from registry.account.invitation import accept, find_invitation
from registry.account.office import Office, console
from registry.account.people import close, create, give_role, invite, withdraw_role
from registry.account.session import begin_session, find_session
from registry.account.vault import NAME, Vault
from registry.errors import KoepelError
from registry.ledger import Event, Happening, Ledger
from registry.storage import StorageError
from tests.registry.account.people import (
    ADDRESS,
    ASSESSOR,
    BODY,
    CONSOLE,
    OPERATOR,
    OWNER,
    PASSWORD,
    US,
    Person,
    enrol,
    make_office,
)

THEM = "https://them.example/#us"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A registry."""
    return make_office(tmp_path)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(KoepelError) as caught:
        act()
    return caught.value.code


def actor(office: Office, person: Person, scopes: frozenset[Scope] | None = None) -> Actor:
    return Actor(person.account.iri, office.rights.of(person.account.iri), "session", scopes)


def invited(office: Office, name: str = "Bert Example") -> str:
    """Create an account that nobody has set up; gives its number."""
    account, _ = create(office, CONSOLE, name, f"{name.split()[0].lower()}@buddy.example", "nl")
    return account.id


def told(office: Office) -> list[tuple[str, str, str, str]]:
    """Give what the ledger says of accounts: act, actor, on whose behalf, and how they came in."""
    return [
        (json.loads(one.terms)["act"], one.actor, one.behalf, one.via) for one in office.home.ledger.acts()
    ]


def test_a_role_counts_from_when_it_was_given_until_it_was_withdrawn(office: Office) -> None:
    number, iri = invited(office), f"{ADDRESS}/account/"

    give_role(office, CONSOLE, number, Role.DECIDER, BODY)
    held = office.rights.of(iri + number)
    withdraw_role(office, CONSOLE, number, Role.DECIDER, BODY)

    assert held == {Grant(Role.DECIDER, BODY)}
    assert office.rights.of(iri + number) == frozenset()
    assert [one[0] for one in told(office)] == ["create", "grant", "withdraw"]


def test_the_ledger_says_who_did_it_for_whom_and_from_where(office: Office) -> None:
    owner = enrol(office, "Anna Example", OWNER)

    give_role(office, actor(office, owner), invited(office), Role.PUBLISHER, US)

    assert told(office)[-1] == ("grant", owner.account.iri, US, "session")
    assert told(office)[0] == ("create", "operator", "", "console")


def test_the_ledger_names_nobody(office: Office) -> None:
    person = enrol(office, "Anna Example", OWNER, OPERATOR)
    close(office, CONSOLE, person.account.id, erase=True)

    kept = str([*office.home.ledger.events()])
    assert [word for word in ("Anna", "anna", PASSWORD, person.factor) if word in kept] == []


def test_giving_a_role_twice_is_noted_once(office: Office) -> None:
    number = invited(office)
    for _ in range(2):
        give_role(office, CONSOLE, number, Role.OWNER, US)

    assert [one[0] for one in told(office)] == ["create", "grant"]


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.DECIDER, Role.OWNER, Role.PUBLISHER])
def test_an_operator_gives_no_role_to_themselves(office: Office, role: Role) -> None:
    olga = enrol(office, "Olga Example", OPERATOR)

    assert refusal(lambda: give_role(office, actor(office, olga), olga.account.id, role, BODY)) == "role-own"


def test_an_operator_gives_any_role_to_others(office: Office) -> None:
    olga = actor(office, enrol(office, "Olga Example", OPERATOR))
    number = invited(office)

    for role in Role:
        give_role(office, olga, number, role, "" if role is Role.OPERATOR else BODY)

    assert len(office.rights.of(f"{ADDRESS}/account/{number}")) == len(Role)


def test_an_owner_lets_others_publish_for_their_organisation_only(office: Office) -> None:
    anna, number = actor(office, enrol(office, "Anna Example", OWNER)), invited(office)

    give_role(office, anna, number, Role.PUBLISHER, US)
    withdraw_role(office, anna, number, Role.PUBLISHER, US)

    others = ((Role.PUBLISHER, THEM), (Role.OWNER, US), (Role.DECIDER, BODY), (Role.OPERATOR, ""))
    for change in (give_role, withdraw_role):
        for grant in others:
            assert refusal(partial(change, office, anna, number, *grant)) == "role-not-yours"


@pytest.mark.parametrize("grants", [(), (ASSESSOR,), (OWNER,), (Grant(Role.PUBLISHER, US),)], ids=str)
def test_nobody_but_operators_creates_invites_and_closes(office: Office, grants: tuple[Grant, ...]) -> None:
    anna, number = actor(office, enrol(office, "Anna Example", *grants)), invited(office)

    for act in (
        lambda: create(office, anna, "Carla Example", "carla@buddy.example", "nl"),
        lambda: invite(office, anna, number),
        lambda: close(office, anna, number),
        lambda: close(office, anna, number, erase=True),
    ):
        assert refusal(act) == "operators-only"


def test_a_token_without_the_scope_is_no_operator(office: Office) -> None:
    olga = enrol(office, "Olga Example", OPERATOR)
    lent = actor(office, olga, frozenset({Scope.READ, Scope.DECIDE}))

    assert refusal(lambda: give_role(office, lent, invited(office), Role.OWNER, US)) == "role-not-yours"
    assert refusal(lambda: create(office, lent, "A B", "a@b.example", "nl")) == "operators-only"


@pytest.mark.parametrize(
    ("role", "organisation", "code"),
    [
        (Role.OPERATOR, US, "role-without-organisation"),
        (Role.OWNER, "", "role-needs-organisation"),
        (Role.OWNER, "buddy", "role-needs-organisation"),
        (Role.OWNER, "javascript:alert(1)", "role-needs-organisation"),
        (Role.OWNER, "https://a b.example/", "role-needs-organisation"),
        (Role.OWNER, "https://[::1/", "role-needs-organisation"),
        (Role.OWNER, "https://a.example/" + "x" * 500, "role-needs-organisation"),
        (Role.OWNER, "https://a.example/\n", "role-needs-organisation"),
    ],
)
def test_a_role_is_for_an_organisation_that_is_named_by_an_iri(
    office: Office, role: Role, organisation: str, code: str
) -> None:
    if organisation.endswith("\n"):
        organisation += "x"
    assert refusal(lambda: give_role(office, CONSOLE, invited(office), role, organisation)) == code


def test_a_role_that_is_not_held_cannot_be_withdrawn(office: Office) -> None:
    assert refusal(lambda: withdraw_role(office, CONSOLE, invited(office), Role.OWNER, US)) == "role-not-held"


@pytest.mark.parametrize(
    ("name", "mail", "code"),
    [
        ("", "a@b.example", "account-name-wrong"),
        ("x" * 101, "a@b.example", "account-name-wrong"),
        ("A\u202eB", "a@b.example", "account-name-wrong"),
        ("A", "", "account-mail-wrong"),
        ("A", "a@b", "account-mail-wrong"),
        ("A", "a@b.example\r\nbcc: x@y.example", "account-mail-wrong"),
        ("A", "a@b.example, x@y.example", "account-mail-wrong"),
        ("A", "a" * 250 + "@b.example", "account-mail-wrong"),
    ],
)
def test_names_and_mail_addresses_are_checked(office: Office, name: str, mail: str, code: str) -> None:
    assert refusal(lambda: create(office, CONSOLE, name, mail, "nl")) == code


def test_a_mail_address_has_one_account_however_it_is_written(office: Office) -> None:
    invited(office)

    assert refusal(lambda: create(office, CONSOLE, "B", "BERT@buddy.example", "nl")) == "account-mail-taken"
    assert [one[0] for one in told(office)] == ["create"]


def test_an_invitation_works_once(office: Office) -> None:
    person = enrol(office)
    _, code = invite(office, CONSOLE, person.account.id)
    use(office, code)

    assert refusal(lambda: use(office, code)) == "invitation-unknown"


def test_an_invitation_runs_out_after_a_week(office: Office) -> None:
    person = enrol(office)
    _, code = invite(office, CONSOLE, person.account.id)
    person.clock.move(days=7)

    assert refusal(lambda: use(office, code)) == "invitation-unknown"


def test_a_newer_invitation_voids_the_older(office: Office) -> None:
    number = invited(office)
    _, first = invite(office, CONSOLE, number)
    invite(office, CONSOLE, number)

    assert refusal(lambda: use(office, first)) == "invitation-unknown"


def test_a_used_invitation_ends_sessions_and_earlier_spare_codes(office: Office) -> None:
    person = enrol(office)
    with office.vault as vault:
        session = begin_session(vault, person.account, office.now())

    _, code = invite(office, CONSOLE, person.account.id)
    with office.vault as vault:
        assert find_session(vault, session, office.now())
    spare = use(office, code)

    with office.vault as vault:
        assert find_session(vault, session, office.now()) is None
        assert len(vault.rows("SELECT * FROM recovery")) == len(spare) == 8
    assert not set(spare) & set(person.spare)


def use(office: Office, code: str) -> tuple[str, ...]:
    """Accept an invitation."""
    with office.vault as vault:
        factor = find_invitation(office, vault, code).factor
    return accept(office, code, "another horse entirely", pyotp.TOTP(factor).at(office.now()))


@pytest.mark.parametrize(("password", "figures"), [("short", ""), (PASSWORD, "000000"), (PASSWORD, "")])
def test_an_invitation_stays_until_all_is_right(office: Office, password: str, figures: str) -> None:
    _, code = invite(office, CONSOLE, invited(office))

    assert refusal(lambda: accept(office, code, password, figures)) in {"password-length", "factor-wrong"}
    assert use(office, code)


def test_a_closed_account_has_no_roles_and_gets_none(office: Office) -> None:
    person = enrol(office, "Anna Example", OWNER)
    close(office, CONSOLE, person.account.id)

    assert office.rights.of(person.account.iri) == frozenset()
    assert refusal(lambda: give_role(office, CONSOLE, person.account.id, Role.OWNER, US)) == "account-closed"
    assert refusal(lambda: invite(office, CONSOLE, person.account.id)) == "account-closed"


def test_closing_keeps_the_name_and_erasing_does_not(office: Office, tmp_path: Path) -> None:
    person = enrol(office)
    close(office, CONSOLE, person.account.id)
    with office.vault as vault:
        assert find_account(vault, person.account.iri).name == "Anna Example"

    close(office, CONSOLE, person.account.id, erase=True)

    with office.vault as vault:
        assert list_accounts(vault) == []
    files = [path.read_bytes() for path in tmp_path.glob(f"{NAME}*")]
    assert [one for one in files if b"anna" in one.lower()] == []
    assert [one[0] for one in told(office)][-2:] == ["close", "erase"]


def test_an_unknown_account_is_told(office: Office) -> None:
    assert refusal(lambda: invite(office, CONSOLE, "000000000000")) == "account-unknown"


def test_what_the_ledger_refuses_is_not_in_the_vault_either(office: Office) -> None:
    office.home.ledger.close()
    (office.home.folder / "ledger.sqlite").unlink()
    (office.home.folder / "ledger.sqlite").mkdir()

    with pytest.raises(StorageError):
        create(office, CONSOLE, "Anna Example", "anna@buddy.example", "nl")

    with office.vault as vault:
        assert list_accounts(vault) == []


def test_rights_are_read_on_and_start_anew_with_another_ledger(office: Office) -> None:
    number = invited(office)
    rights = Rights(office.home.ledger)
    give_role(office, CONSOLE, number, Role.OWNER, US)
    before = rights.of(f"{ADDRESS}/account/{number}")

    office.home.ledger.begin_anew()

    assert before == rights.of(f"{ADDRESS}/account/{number}") == {OWNER}


def test_a_vault_that_is_damaged_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"no database at all" * 100)

    assert refusal(lambda: Vault(tmp_path)) == "accounts-unusable"


def test_the_console_says_who_sits_there(office: Office) -> None:
    create(office, console("Olga at the keyboard"), "Anna Example", "anna@buddy.example", "nl")

    assert told(office) == [("create", "Olga at the keyboard", "", "console")]


def test_other_events_give_no_rights() -> None:
    ledger = Ledger.open("sqlite://")
    ledger.append(Event("urn:example:a", Happening.ACTED, terms='{"act": "grant"}'))

    assert Rights(ledger).of("urn:example:a") == frozenset()


def test_an_owner_makes_nobody_partial_who_assesses_or_decides(office: Office) -> None:
    anna, dora = enrol(office, "Anna Example", OWNER), enrol(office, "Dora Example", ASSESSOR)
    give = partial(give_role, office, which=dora.account.id, role=Role.PUBLISHER, organisation=US)

    assert refusal(lambda: give(actor(office, anna))) == "role-of-judge"
    assert office.rights.of(dora.account.iri) == {ASSESSOR}
    assert give(CONSOLE) in office.rights.of(dora.account.iri)

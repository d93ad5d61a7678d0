"""`koepel account` at the command line."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest

from registry.account.actor import Role
from registry.account.invitation import accept, find_invitation
from registry.account.office import Office
from registry.account.token import read_token
from registry.errors import KoepelError
from registry.home import Home
from tests.registry.account.people import PASSWORD
from tests.registry.cli.conftest import Run

ANNA = ("account", "create", "Anna Example", "anna@buddy.example", "--language", "nl")
US = "https://buddy.example/#us"
CREATED = re.compile(r"created: ([0-9a-f]{12})\nhttp://127\.0\.0\.1:8000/nl/invitation/([\w-]{43})\n")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Where the accounts are kept that the commands make."""
    return Office(Home(tmp_path / "registry"), "http://127.0.0.1:8000")


def created(run: Run) -> tuple[str, str]:
    """Create an account; gives its number and the code of the invitation."""
    found = CREATED.fullmatch(run(*ANNA).stdout)
    assert found is not None
    return found[1], found[2]


def set_up(run: Run, office: Office) -> str:
    """Create an account, and set it up; gives its number."""
    number, code = created(run)
    with office.vault as vault:
        factor = find_invitation(office, vault, code).factor
    accept(office, code, PASSWORD, pyotp.TOTP(factor).at(datetime.now(UTC)))
    return number


def told(run: Run) -> list[tuple[str, str, str]]:
    """Give what the log says of accounts."""
    events = json.loads(run("log", "--format", "json").stdout)["events"]
    return [(one["happening"], one["actor"], one["source"]) for one in events]


def test_somebody_is_invited_and_listed(run: Run) -> None:
    number, _ = created(run)

    assert run("account", "list").stdout == f"{number}  invited  Anna Example <anna@buddy.example>\n"


def test_roles_are_given_and_taken_in_the_name_of_whoever_sits_there(run: Run) -> None:
    number, _ = created(run)

    given = run("account", "grant", number, "owner", US, "--actor", "Olga")
    listed = run("account", "list").stdout
    taken = run("account", "withdraw", number, "owner", US)

    assert given.stdout == f"granted: owner for {US} to {number}\n"
    assert taken.stdout == f"withdrawn: owner for {US} from {number}\n"
    assert f"owner for {US}" in listed
    iri = f"http://127.0.0.1:8000/account/{number}"
    assert told(run) == [("entitled", actor, iri) for actor in ("operator", "Olga", "operator")]


def test_an_operator_needs_no_organisation(run: Run) -> None:
    number, _ = created(run)

    assert run("account", "grant", number, "operator").stdout == f"granted: operator to {number}\n"
    assert run("account", "grant", number, "operator", US).exit_code == 2
    assert run("account", "grant", number, "decider").exit_code == 2


def test_a_token_is_all_that_is_written_out(run: Run, office: Office) -> None:
    number = set_up(run, office)
    run("account", "grant", number, "owner", US)

    result = run("account", "token", number, "--for", "a portal", "--scope", "read", "--scope", "apply")

    secret = result.stdout.strip()
    assert re.fullmatch(r"kp_[\w-]{43}", secret)
    assert read_token(office, secret).may(Role.OWNER, US)
    assert "a portal" in run("account", "list").stdout


def test_a_token_is_revoked(run: Run, office: Office) -> None:
    number = set_up(run, office)
    issued = run("account", "token", number, "--for", "a portal")
    (token,) = re.findall(r"issued: (\w{12})", issued.stderr)

    assert run("account", "revoke", number, token).stdout == f"revoked: {token}\n"
    assert run("account", "revoke", number, token).exit_code == 2
    with pytest.raises(KoepelError):
        read_token(office, issued.stdout.strip())


def test_an_account_is_invited_anew_closed_and_erased(run: Run, office: Office) -> None:
    number = set_up(run, office)

    link = run("account", "invite", number).stdout
    closed = run("account", "close", number).stdout
    listed = run("account", "list").stdout
    erased = run("account", "close", number, "--erase").stdout

    assert link.startswith("http://127.0.0.1:8000/nl/invitation/")
    assert (closed, erased) == (f"closed: {number}\n", f"erased: {number}\n")
    assert listed == f"{number}  closed   Anna Example <anna@buddy.example>\n"
    assert run("account", "list").stdout == ""


def test_an_unknown_account_is_told(run: Run) -> None:
    result = run("account", "invite", "000000000000")

    assert result.exit_code == 2
    assert "There is no account 000000000000." in result.stderr

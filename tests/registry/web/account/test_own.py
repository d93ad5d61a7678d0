"""The page of one's own account, and what programs do with its tokens."""

import re

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from registry.account.account import find_account
from registry.account.actor import ANYBODY, Role
from registry.account.office import Office
from registry.account.people import close, give_role
from registry.account.token import UnknownTokenError
from registry.errors import KoepelError
from registry.web.account.entry import bearer
from tests.registry.account.people import ASSESSOR, CONSOLE, OPERATOR, PASSWORD, US, Person, enrol
from tests.registry.web.account.browser import csrf_of, forms, send, sign_in
from tests.registry.web.account.conftest import Enter, Open, grants

ACCOUNT = "/en/account"
TOKEN = re.compile(r"kp_[\w-]{43}")
LANGUAGES = ("nl", "de", "ca", "es", "fr", "en")


def issued(client: TestClient, *scopes: str) -> str:
    """Issue a token on the page."""
    filled = {"purpose": "a portal", "scope": list(scopes or ["read"]), "days": "30"}
    page = send(client, ACCOUNT, f"{ACCOUNT}/tokens", **filled)
    assert page.status_code == 200, page.text
    (token,) = TOKEN.findall(page.text)
    return str(token)


def request_with(office: Office, client: TestClient, authorization: str | None) -> Request:
    """Make the request of a program."""
    headers = [] if authorization is None else [(b"authorization", authorization.encode())]
    return Request({"type": "http", "app": client.app, "headers": headers, "state": {}})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_who_one_is_and_what_one_may_do(entered: Enter, anna: Person, language: str) -> None:
    page = entered(anna).get(f"/{language}/account")

    assert page.status_code == 200
    for word in ("Anna Example", "anna@buddy.example", anna.account.id, US):
        assert word in page.text


def test_a_token_is_shown_once_and_lends_what_was_chosen(
    office: Office, entered: Enter, anna: Person
) -> None:
    client = entered(anna)

    secret = issued(client, "read", "apply")

    assert secret not in client.get(ACCOUNT).text
    actor = bearer(request_with(office, client, f"Bearer {secret}"))
    assert actor.may(Role.OWNER, US)
    assert office.home.ledger.acts()[-1].via == "session"


def test_a_token_beyond_ones_roles_is_refused(entered: Enter, anna: Person) -> None:
    filled = {"purpose": "x", "scope": "operate", "days": "30"}

    page = send(entered(anna), ACCOUNT, f"{ACCOUNT}/tokens", **filled)

    assert page.status_code == 403
    assert TOKEN.findall(page.text) == []


def test_mail_about_labels_is_switched_off_and_on(office: Office, entered: Enter, anna: Person) -> None:
    client, wanted = entered(anna), []
    for said, offered in (("no", "Send mail again"), ("yes", "Send no more mail")):
        page = send(client, ACCOUNT, f"{ACCOUNT}/news", wanted=said)
        with office.vault as vault:
            wanted.append(find_account(vault, anna.account.id).wants_mail)
        assert page.status_code == 303
        assert offered in client.get(ACCOUNT).text

    assert wanted == [False, True]


@pytest.mark.parametrize("days", ["", "0", "-1", "999", "x", "9" * 500, "²"])
def test_a_token_for_no_time_or_too_long_is_refused(entered: Enter, anna: Person, days: str) -> None:
    page = send(entered(anna), ACCOUNT, f"{ACCOUNT}/tokens", purpose="x", scope="read", days=days)

    assert page.status_code == 422


def test_a_token_is_revoked_on_the_page(office: Office, entered: Enter, anna: Person) -> None:
    client = entered(anna)
    secret = issued(client)
    (action,) = [one for one in forms(client.get(ACCOUNT)) if one.endswith("/revoke")]

    send(client, ACCOUNT, action)

    with pytest.raises(UnknownTokenError):
        bearer(request_with(office, client, f"Bearer {secret}"))


def test_nobody_revokes_the_token_of_somebody_else(office: Office, entered: Enter, anna: Person) -> None:
    client, bert = entered(anna), entered(enrol(office, "Bert Example"))
    secret = issued(client)
    (action,) = [one for one in forms(client.get(ACCOUNT)) if one.endswith("/revoke")]

    assert bert.post(action, data={"csrf": csrf_of(bert.get(ACCOUNT))}).status_code == 404
    assert bearer(request_with(office, client, f"Bearer {secret}")).account == anna.account.iri


def test_a_program_without_a_token_is_anybody(office: Office, browser: Open) -> None:
    assert bearer(request_with(office, browser(), None)) is ANYBODY


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer kp_x", "Basic YTpi", "kp_x", "bearer  x y"])
def test_what_is_no_token_is_refused(office: Office, browser: Open, given: str) -> None:
    with pytest.raises(KoepelError) as caught:
        bearer(request_with(office, browser(), given))

    assert caught.value.status == 401


def test_name_mail_and_language_are_changed(office: Office, entered: Enter, anna: Person) -> None:
    client = entered(anna)

    send(client, ACCOUNT, f"{ACCOUNT}/details", name="Anna B. Example", mail="a@buddy.example", language="ca")

    with office.vault as vault:
        found = find_account(vault, anna.account.id)
    assert (found.name, found.mail, found.language) == ("Anna B. Example", "a@buddy.example", "ca")
    assert "Anna" not in office.home.ledger.acts()[-1].terms


@pytest.mark.parametrize(
    ("filled", "status"),
    [
        ({"mail": "bert@buddy.example"}, 422),
        ({"mail": "a@b.example\r\nbcc: x@y.example"}, 422),
        ({"name": ""}, 422),
        ({"language": "xx"}, 303),
    ],
)
def test_details_that_cannot_be_taken_change_nothing(
    office: Office, entered: Enter, anna: Person, filled: dict[str, str], status: int
) -> None:
    enrol(office, "Bert Example")
    good = {"name": "Anna Example", "mail": "anna@buddy.example", "language": "en"}

    answer = send(entered(anna), ACCOUNT, f"{ACCOUNT}/details", **{**good, **filled})

    with office.vault as vault:
        found = find_account(vault, anna.account.id)
    assert answer.status_code == status
    assert (found.name, found.mail, found.language) == ("Anna Example", "anna@buddy.example", "en")


def test_what_somebody_calls_themselves_is_no_markup(entered: Enter, anna: Person) -> None:
    client = entered(anna)
    name = "<script>alert(1)</script>"

    send(client, ACCOUNT, f"{ACCOUNT}/details", name=name, mail="anna@buddy.example", language="en")

    assert name not in client.get(ACCOUNT).text


def test_another_password_needs_the_present_one_and_keeps_this_session_only(
    office: Office, entered: Enter, anna: Person
) -> None:
    client, other = entered(anna), entered(anna)
    new = "another horse entirely"

    wrong = send(client, ACCOUNT, f"{ACCOUNT}/password", old="wrong wrong wrong", new=new)
    right = send(client, ACCOUNT, f"{ACCOUNT}/password", old=PASSWORD, new=new)

    assert (wrong.status_code, right.status_code) == (403, 303)
    assert [one.get(ACCOUNT).status_code for one in (client, other)] == [200, 303]
    assert sign_in(other, anna, new).status_code == 303


def test_new_spare_codes_are_shown_once(entered: Enter, anna: Person) -> None:
    page = send(entered(anna), ACCOUNT, f"{ACCOUNT}/spare-codes", password=PASSWORD)

    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", page.text)
    assert len(codes) == 8
    assert not set(codes) & set(anna.spare)


def test_somebody_signs_out_in_another_browser(entered: Enter, anna: Person) -> None:
    client, other = entered(anna), entered(anna)
    (action,) = [one for one in forms(client.get(ACCOUNT)) if one.endswith("/end")]

    send(client, ACCOUNT, action)

    assert [one.get(ACCOUNT).status_code for one in (client, other)] == [200, 303]


def test_an_owner_names_and_withdraws_publishers_by_their_number(
    office: Office, entered: Enter, anna: Person
) -> None:
    client, bert = entered(anna), enrol(office, "Bert Example")
    filled = {"organisation": US, "account": bert.account.id}

    send(client, ACCOUNT, f"{ACCOUNT}/publishers", act="grant", **filled)
    given, page = grants(office, bert), client.get(ACCOUNT).text
    send(client, ACCOUNT, f"{ACCOUNT}/publishers", act="withdraw", **filled)

    assert [one.role for one in given] == [Role.PUBLISHER]
    assert "Bert Example" in page
    assert grants(office, bert) == set()


def test_who_owns_nothing_names_no_publishers(office: Office, entered: Enter, anna: Person) -> None:
    bert = enrol(office, "Bert Example", ASSESSOR)
    client = entered(bert)
    filled = {"organisation": US, "account": bert.account.id, "act": "grant"}

    answer = client.post(f"{ACCOUNT}/publishers", data={"csrf": csrf_of(client.get(ACCOUNT)), **filled})

    assert answer.status_code == 403
    assert f"{ACCOUNT}/publishers" not in forms(client.get(ACCOUNT))


def test_a_role_counts_in_a_session_that_has_begun(office: Office, entered: Enter, anna: Person) -> None:
    client = entered(anna)
    assert client.get("/en/people").status_code == 403

    give_role(office, CONSOLE, anna.account.id, OPERATOR.role)

    assert client.get("/en/people").status_code == 200


def test_an_erased_account_has_no_session(office: Office, entered: Enter, anna: Person) -> None:
    client = entered(anna)
    close(office, CONSOLE, anna.account.id, erase=True)

    assert client.get(ACCOUNT).status_code == 303

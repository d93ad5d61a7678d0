"""The operators' pages, and the page on which somebody makes an account their own."""

import html
import re

import pyotp
import pytest
from fastapi.testclient import TestClient

from registry.account.account import list_accounts
from registry.account.actor import Grant, Role
from registry.account.invitation import find_invitation
from registry.account.office import Office
from registry.account.totp import enrolment_address, picture
from tests.registry.account.people import ADDRESS, BODY, PASSWORD, US, Person, enrol
from tests.registry.web.account.browser import csrf_of, forms, send
from tests.registry.web.account.conftest import Enter, Open, grants

PEOPLE = "/en/people"
LINK = re.compile(rf"{ADDRESS}(/nl/invitation/[\w-]{{43}})")
BERT = {"name": "Bert Example", "mail": "bert@buddy.example", "language": "nl"}


def invite(client: TestClient) -> str:
    """Invite somebody on the page; gives the path of the invitation."""
    page = send(client, PEOPLE, PEOPLE, **BERT)
    (path,) = LINK.findall(page.text)
    return str(path)


def factor_on(text: str) -> str:
    """Read the secret on the page of an invitation."""
    (factor,) = re.findall(r"<code>((?:[A-Z2-7]{4} ?){8})</code>", text)
    return str(factor).replace(" ", "")


def test_an_operator_invites_somebody_who_then_signs_in(
    office: Office, entered: Enter, browser: Open, olga: Person
) -> None:
    path, client = invite(entered(olga)), browser()
    page = client.get(path)
    code = pyotp.TOTP(factor_on(page.text)).at(office.now())

    done = send(client, path, path, password=PASSWORD, code=code)
    olga.clock.move(minutes=1)

    filled = {
        "mail": BERT["mail"],
        "password": PASSWORD,
        "code": pyotp.TOTP(factor_on(page.text)).at(office.now()),
    }
    assert len(re.findall(r"<code>\w{5}-\w{5}</code>", done.text)) == 8
    assert send(client, "/nl/sign-in", "/nl/sign-in", **filled).status_code == 303
    assert client.get(path).status_code == 404


def test_the_picture_holds_the_secret_for_the_right_mail_address(
    entered: Enter, browser: Open, olga: Person
) -> None:
    page = browser().get(invite(entered(olga))).text

    address = enrolment_address(factor_on(page), BERT["mail"], "Koepel")
    assert "issuer=Koepel" in address
    assert "bert%40buddy.example" in address
    assert f'src="{picture(address)}"' in html.unescape(page)


@pytest.mark.parametrize(
    ("password", "code", "status"), [("short", "", 422), (PASSWORD, "000000", 422), (PASSWORD, "", 422)]
)
def test_what_is_wrong_with_an_invitation_can_be_mended(
    entered: Enter, browser: Open, olga: Person, password: str, code: str, status: int
) -> None:
    path, client = invite(entered(olga)), browser()
    before = factor_on(client.get(path).text)

    page = send(client, path, path, password=password, code=code)

    assert page.status_code == status
    assert PASSWORD not in page.text
    assert factor_on(page.text) == before


def test_an_invitation_is_taken_from_its_own_page_only(
    office: Office, entered: Enter, browser: Open, olga: Person
) -> None:
    path, client = invite(entered(olga)), browser()
    with office.vault as vault:
        factor = find_invitation(office, vault, path.rpartition("/")[2]).factor

    answer = client.post(path, data={"password": PASSWORD, "code": pyotp.TOTP(factor).at(office.now())})

    assert answer.status_code == 403


@pytest.mark.parametrize("code", ["x", "a" * 43, "a" * 44, "..%2F..%2Fx"])
def test_an_invitation_that_never_was_is_told(browser: Open, code: str) -> None:
    answer = browser().get(f"/nl/invitation/{code}")

    assert answer.status_code == 404


def test_the_page_of_an_invitation_is_kept_by_nobody(entered: Enter, browser: Open, olga: Person) -> None:
    headers = browser().get(invite(entered(olga))).headers

    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_an_operator_gives_and_withdraws_roles(
    office: Office, entered: Enter, olga: Person, anna: Person
) -> None:
    client, page = entered(olga), f"{PEOPLE}/{anna.account.id}"

    send(client, page, f"{page}/roles", act="grant", role="decider", organisation=BODY)
    given = grants(office, anna)
    send(client, page, f"{page}/roles", act="withdraw", role="owner", organisation=US)

    assert given == {Grant(Role.OWNER, US), Grant(Role.DECIDER, BODY)}
    assert grants(office, anna) == {Grant(Role.DECIDER, BODY)}
    assert office.home.ledger.acts()[-1].actor == olga.account.iri


@pytest.mark.parametrize("role", ["assessor", "decider"])
def test_an_operator_cannot_make_themselves_a_judge(
    office: Office, entered: Enter, olga: Person, role: str
) -> None:
    page = f"{PEOPLE}/{olga.account.id}"

    answer = send(entered(olga), page, f"{page}/roles", act="grant", role=role, organisation=BODY)

    assert answer.status_code == 403
    assert "Nobody gives themselves a role." in answer.text
    assert grants(office, olga) == {Grant(Role.OPERATOR)}


@pytest.mark.parametrize("filled", [{"role": "king"}, {"role": ""}, {"role": "owner", "organisation": "x"}])
def test_a_role_that_makes_no_sense_is_refused(
    entered: Enter, olga: Person, anna: Person, filled: dict[str, str]
) -> None:
    page = f"{PEOPLE}/{anna.account.id}"

    assert send(entered(olga), page, f"{page}/roles", act="grant", **filled).status_code == 422


def test_an_operator_invites_somebody_anew(entered: Enter, browser: Open, olga: Person, anna: Person) -> None:
    page = f"{PEOPLE}/{anna.account.id}"

    answer = send(entered(olga), page, f"{page}/invitation")

    (link,) = re.findall(rf"{ADDRESS}(/en/invitation/[\w-]{{43}})", answer.text)
    assert "Anna Example" in browser().get(link).text
    assert link not in entered(olga).get(page).text


@pytest.mark.parametrize("erase", [{}, {"erase": "1"}])
def test_an_operator_closes_and_erases_accounts(
    office: Office, entered: Enter, olga: Person, anna: Person, erase: dict[str, str]
) -> None:
    client, page = entered(olga), f"{PEOPLE}/{anna.account.id}"

    answer = send(client, page, f"{page}/close", **erase)

    with office.vault as vault:
        left = [one for one in list_accounts(vault) if one.id == anna.account.id]
    assert answer.headers["location"] == (PEOPLE if erase else page)
    assert bool(left) is not bool(erase)
    assert grants(office, anna) == set()
    assert client.get(answer.headers["location"]).status_code == 200


def test_a_mail_address_that_is_taken_is_told_and_the_form_stays_filled(
    entered: Enter, olga: Person, anna: Person
) -> None:
    answer = send(entered(olga), PEOPLE, PEOPLE, name="Carla Example", mail=anna.account.mail, language="nl")

    assert answer.status_code == 422
    assert 'value="Carla Example"' in answer.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", PEOPLE),
        ("GET", f"{PEOPLE}/OLGA"),
        ("POST", PEOPLE),
        ("POST", f"{PEOPLE}/OLGA/roles"),
        ("POST", f"{PEOPLE}/OLGA/invitation"),
        ("POST", f"{PEOPLE}/OLGA/close"),
    ],
)
def test_nobody_but_operators_gets_there(
    office: Office, entered: Enter, browser: Open, olga: Person, anna: Person, method: str, path: str
) -> None:
    client, path = entered(anna), path.replace("OLGA", olga.account.id)
    filled = {**BERT, "act": "grant", "role": "operator", "csrf": csrf_of(client.get("/en/account"))}
    sent = filled if method == "POST" else None
    before = office.home.ledger.position()

    answers = [client.request(method, path, data=sent), browser().request(method, path, data=sent)]

    assert [one.status_code for one in answers] == [403, 303]
    assert "olga@buddy.example" not in answers[0].text
    assert office.home.ledger.position() == before


def test_every_form_of_every_page_holds_a_token(
    entered: Enter, browser: Open, olga: Person, anna: Person
) -> None:
    client = entered(olga)
    pages = [client.get(path) for path in ("/en/account", PEOPLE, f"{PEOPLE}/{anna.account.id}")]
    pages.append(browser().get("/en/sign-in"))

    posting = [form for page in pages for form in forms(page).values()]
    assert len(posting) >= 10
    assert all("csrf" in form for form in posting)


def test_the_list_names_everybody(office: Office, entered: Enter, olga: Person) -> None:
    enrol(office, "Carla Example")

    page = entered(olga).get(PEOPLE).text

    assert [one in page for one in ("Carla Example", "carla@buddy.example", "Olga Example")] == [True] * 3

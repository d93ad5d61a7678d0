"""Signing in and out on the pages, and what strangers try there."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from registry.account.office import Office
from registry.account.people import close
from registry.home import Home
from registry.settings import Settings
from registry.web.app import create_app
from tests.registry.account.people import CONSOLE, PASSWORD, Clock, Person, enrol
from tests.registry.web.account.browser import csrf_of, forms, send, sign_in
from tests.registry.web.account.conftest import Enter, Open

ACCOUNT = "/en/account"
EVIL = "https://evil.example"


def is_in(client: TestClient) -> bool:
    """Tell whether a browser has a session."""
    return client.get(ACCOUNT).status_code == 200


def test_the_way_leads_through_the_sign_in_page_and_back(browser: Open, anna: Person) -> None:
    client = browser()

    away = client.get(f"{ACCOUNT}?a=1")
    back = send(
        client,
        away.headers["location"],
        "/en/sign-in",
        mail=anna.account.mail,
        password=PASSWORD,
        code=anna.code,
    )

    assert (away.status_code, away.headers["location"]) == (303, "/en/sign-in?next=%2Fen%2Faccount%3Fa%3D1")
    assert (back.status_code, back.headers["location"]) == (303, f"{ACCOUNT}?a=1")
    assert "Anna Example" in client.get(ACCOUNT).text


@pytest.mark.parametrize(
    "wrong", [{"password": "wrong wrong wrong"}, {"code": "12"}, {"mail": "b@buddy.example"}]
)
def test_what_is_wrong_is_not_told(browser: Open, anna: Person, wrong: dict[str, str]) -> None:
    client = browser()

    page = sign_in(client, anna, **wrong)

    assert page.status_code == 403
    assert "The mail address, the password or the code is not right." in page.text
    assert PASSWORD not in page.text
    assert not is_in(client)


def test_who_guesses_too_often_is_told_when_to_come_back(browser: Open, anna: Person) -> None:
    client = browser()
    anna.clock.move(minutes=10)
    statuses = [sign_in(client, anna, "wrong wrong wrong").status_code for _ in range(5)]

    anna.clock.move(seconds=-30)
    page = sign_in(client, anna)

    assert statuses == [403] * 5
    assert (page.status_code, page.headers["retry-after"]) == (429, "5")


def test_the_session_cookie_is_for_the_server_alone(browser: Open, anna: Person) -> None:
    answer = sign_in(browser(), anna)

    cookies = [one for one in answer.headers.get_list("set-cookie") if "session" in one]
    assert len(cookies) == 1
    assert re.fullmatch(
        r"koepel-session=[\w-]{43}; HttpOnly; Max-Age=43200; Path=/; SameSite=lax", cookies[0]
    )


def test_an_encrypted_site_has_cookies_that_travel_encrypted_only(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    home = Home(tmp_path_factory.mktemp("registry"))
    app = create_app(home, Settings(home=home.folder, address="https://koepel.example"))
    app.state.office = Office(home, "https://koepel.example", Clock())
    client = TestClient(app, base_url="https://koepel.example", follow_redirects=False)

    answer = sign_in(client, enrol(app.state.office))

    names = [one.partition("=")[0] for one in answer.headers.get_list("set-cookie")]
    assert names == ["__Host-koepel-session", "__Host-koepel-device"]
    assert all("; Secure" in one for one in answer.headers.get_list("set-cookie"))
    assert is_in(client)


def test_nobody_can_foist_a_session_on_others(browser: Open, anna: Person) -> None:
    client = browser()
    client.cookies.set("koepel-session", "a" * 43)

    sign_in(client, anna)

    kept = [one.value for one in client.cookies.jar if one.name == "koepel-session"]
    assert "a" * 43 not in [*kept][-1:]
    other = browser()
    other.cookies.set("koepel-session", "a" * 43)
    assert not is_in(other)


def test_signing_in_again_ends_the_session_before(browser: Open, entered: Enter, anna: Person) -> None:
    client = entered(anna)
    before = client.cookies["koepel-session"]
    page = client.get(ACCOUNT)

    client.post(
        "/en/sign-in",
        data={"csrf": csrf_of(page), "mail": anna.account.mail, "password": PASSWORD, "code": anna.code},
    )

    other = browser()
    other.cookies.set("koepel-session", before)
    assert client.cookies["koepel-session"] != before
    assert not is_in(other)


def test_signing_out_ends_the_session_for_everybody_who_knows_it(
    browser: Open, entered: Enter, anna: Person
) -> None:
    client, thief = entered(anna), browser()
    thief.cookies.set("koepel-session", client.cookies["koepel-session"])
    assert is_in(thief)

    answer = send(client, ACCOUNT, "/en/sign-out")

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/sign-in")
    assert not is_in(client)
    assert not is_in(thief)


def test_a_session_ends_with_its_account(office: Office, entered: Enter, anna: Person) -> None:
    client = entered(anna)

    close(office, CONSOLE, anna.account.id)

    assert not is_in(client)


def test_a_session_that_is_not_used_ends(entered: Enter, anna: Person) -> None:
    client = entered(anna)
    anna.clock.move(hours=2)

    assert not is_in(client)


@pytest.mark.parametrize(
    "goal",
    [
        f"{EVIL}/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/en/\r\nx: y",
        "en/account",
        "/é",
    ],
)
def test_the_way_back_stays_on_this_site(browser: Open, anna: Person, goal: str) -> None:
    client = browser()
    page = client.get("/en/sign-in", params={"next": goal})

    answer = sign_in(client, anna, next=goal)

    assert forms(page)["/en/sign-in"]["next"] == ""
    assert answer.headers["location"] == ACCOUNT


def test_a_way_that_is_too_long_leads_to_the_account(browser: Open) -> None:
    away = browser().get(f"{ACCOUNT}?a={'x' * 3_000}")

    assert away.headers["location"] == "/en/sign-in"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/nl/account/tokens", "/nl/account"),
        ("/nl/people/0123456789ab/roles", "/nl/people/0123456789ab"),
        ("/nl/sign-in/provider", "/nl/sign-in"),
        ("/nl/sign-out", "/nl/sign-in"),
        (f"/nl/invitation/{'a' * 43}/provider", f"/nl/invitation/{'a' * 43}"),
    ],
)
def test_who_reloads_after_a_form_gets_to_its_page(browser: Open, path: str, page: str) -> None:
    assert browser().get(path).headers["location"] == page


def test_who_has_signed_in_goes_on_at_once(entered: Enter, anna: Person) -> None:
    client = entered(anna)

    assert client.get("/en/sign-in?next=/en/people").headers["location"] == "/en/people"
    assert client.get("/en/sign-in?next=//evil.example").headers["location"] == ACCOUNT


@pytest.mark.parametrize("path", ["/en/sign-in", "/nl/sign-in"])
def test_the_sign_in_page_is_kept_by_nobody(browser: Open, path: str) -> None:
    headers = browser().get(path, headers={"origin": EVIL}).headers

    assert headers["cache-control"] == "no-store"
    assert "cookie" in headers["vary"]
    assert "access-control-allow-origin" not in headers
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("path", "status"), [(ACCOUNT, 200), ("/en/people", 403), ("/en/people/000000000000", 403)]
)
def test_what_one_reader_gets_is_closed_to_caches_and_other_sites(
    entered: Enter, anna: Person, path: str, status: int
) -> None:
    answer = entered(anna).get(path, headers={"origin": EVIL})

    assert answer.status_code == status
    assert answer.headers["cache-control"] == "no-store"
    assert "cookie" in answer.headers["vary"]
    assert "access-control-allow-origin" not in answer.headers


def test_what_everybody_reads_stays_open(browser: Open) -> None:
    headers = browser().get("/en/register").headers

    assert headers["access-control-allow-origin"] == "*"
    assert "cookie" not in headers.get("vary", "")


SIGN_OUT = "/en/sign-out"


def test_a_form_without_its_token_does_nothing(entered: Enter, anna: Person) -> None:
    client = entered(anna)

    assert client.post(SIGN_OUT).status_code == 403
    assert is_in(client)


@pytest.mark.parametrize("token", ["", "x", "é", "A" * 86, "A" * 87 + "="])
def test_a_token_that_is_none_is_refused(entered: Enter, anna: Person, token: str) -> None:
    client = entered(anna)

    assert client.post(SIGN_OUT, data={"csrf": token}).status_code == 403
    assert is_in(client)


def test_the_token_of_another_session_is_refused(entered: Enter, office: Office, anna: Person) -> None:
    client, bert = entered(anna), entered(enrol(office, "Bert Example"))
    foreign, old = csrf_of(bert.get(ACCOUNT)), csrf_of(client.get(ACCOUNT))
    client.post(SIGN_OUT, data={"csrf": old})
    sign_in(client, anna)

    assert [client.post(SIGN_OUT, data={"csrf": one}).status_code for one in (foreign, old)] == [403, 403]
    assert is_in(client)


def test_the_token_looks_different_in_every_answer(entered: Enter, anna: Person) -> None:
    client = entered(anna)

    seen = {csrf_of(client.get(ACCOUNT)) for _ in range(5)}

    assert len(seen) == 5


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": EVIL},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    ],
)
def test_a_form_from_another_site_is_refused_even_with_the_token(
    entered: Enter, anna: Person, headers: dict[str, str]
) -> None:
    client = entered(anna)
    token = csrf_of(client.get(ACCOUNT))

    assert client.post(SIGN_OUT, data={"csrf": token}, headers=headers).status_code == 403
    assert is_in(client)


@pytest.mark.parametrize("headers", [{"origin": "http://testserver"}, {"sec-fetch-site": "same-origin"}])
def test_a_form_of_our_own_is_taken(entered: Enter, anna: Person, headers: dict[str, str]) -> None:
    client = entered(anna)
    token = csrf_of(client.get(ACCOUNT))

    assert client.post(SIGN_OUT, data={"csrf": token}, headers=headers).status_code == 303


def test_nobody_can_sign_others_in_to_an_account_of_their_own(browser: Open, anna: Person) -> None:
    attacker, victim = browser(), browser()
    token = csrf_of(attacker.get("/en/sign-in"))

    filled = {"csrf": token, "mail": anna.account.mail, "password": PASSWORD, "code": anna.code}
    answer = victim.post("/en/sign-in", data=filled)

    assert answer.status_code == 403
    assert not is_in(victim)


@pytest.mark.parametrize(("path", "size"), [("/en/sign-in", 70_000), (SIGN_OUT, 11_100_000)])
def test_a_huge_form_is_not_read(entered: Enter, anna: Person, path: str, size: int) -> None:
    answer = entered(anna).post(path, data={"csrf": "x" * 60_000, "mail": "x" * (size - 60_000)})

    assert answer.status_code in {400, 413}


def test_half_signs_and_files_in_the_place_of_words_disturb_nothing(browser: Open) -> None:
    client = browser()
    token = csrf_of(client.get("/en/sign-in"))

    answer = client.post(
        "/en/sign-in",
        data={"csrf": token, "password": "\ud800".encode("utf-8", "surrogatepass"), "code": "\x00"},
        files={"mail": ("a.txt", b"anna@buddy.example")},
    )

    assert answer.status_code == 403


def test_a_token_of_a_program_opens_no_page(browser: Open, app: FastAPI) -> None:
    headers = {"authorization": "Bearer kp_anything"}

    assert browser().get(ACCOUNT, headers=headers).status_code == 303

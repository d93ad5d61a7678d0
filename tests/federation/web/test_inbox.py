"""The inbox on the web, and the links in a mail."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph, Namespace, URIRef

from federation.notebook import Notebook
from federation.notice.consent import Consent, Wish
from federation.notice.inbox import MOST_BYTES, Senders
from federation.notice.notify import tray_of
from federation.notice.tray import Tray
from federation.web import inbox
from registry.settings import Settings
from registry.web.app import create_app
from tests.federation.notice.ledger import NOON, SOURCE, Registry, make

LDP = Namespace("http://www.w3.org/ns/ldp#")
AS2 = Namespace("https://www.w3.org/ns/activitystreams#")
UPDATE = {"@context": "https://www.w3.org/ns/activitystreams", "type": "Update", "object": SOURCE}
OWNER = "info@buddy.example"
SITE = "https://register.example"
BROWSER = {"accept": "text/html,*/*;q=0.8"}


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    """A registry with one source."""
    registry = make(tmp_path / "registry")
    yield registry
    registry.home.ledger.close()


@pytest.fixture
def client(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A reader who follows no redirects by themselves, on a fresh day."""
    senders = Senders(most=5)
    monkeypatch.setattr(inbox, "_senders", lambda: senders)
    app = create_app(registry.home, Settings(home=registry.home.folder, address=SITE, query_workers=1))
    with TestClient(app, follow_redirects=False) as client:
        yield client


def due(registry: Registry) -> datetime | None:
    """Tell when the source is visited next."""
    with Notebook(registry.home.visits) as notebook:
        return notebook.of(SOURCE).due


def link(registry: Registry, wish: Wish, at: datetime | None = None) -> str:
    """Make the path of a link in a mail."""
    with Tray(tray_of(registry.home)) as tray:
        return f"/en/mail?token={Consent(tray).link(wish, OWNER, at or datetime.now(UTC))}"


def given(registry: Registry) -> bool:
    """Tell whether the owner wants mail."""
    with Tray(tray_of(registry.home)) as tray:
        return Consent(tray).given(OWNER)


@pytest.mark.parametrize(
    "media_type", ["application/ld+json", 'application/ld+json; profile="x"', "application/json"]
)
def test_a_notification_is_taken_in_and_can_be_read(
    client: TestClient, registry: Registry, media_type: str
) -> None:
    registry.note(due=NOON + timedelta(days=10_000))
    answer = client.post("/inbox", json=UPDATE, headers={"content-type": media_type})

    assert (answer.status_code, answer.headers["location"]) == (201, f"{SITE}/inbox/1")
    assert due(registry) is None
    kept = Graph().parse(data=client.get("/inbox/1").text, format="json-ld")
    assert (URIRef(f"{SITE}/inbox/1"), AS2.object, URIRef(SOURCE)) in kept


def test_the_inbox_lists_what_it_holds(client: TestClient) -> None:
    client.post("/inbox", json=UPDATE)
    answer = client.get("/inbox")

    assert answer.headers["content-type"].startswith("application/ld+json")
    listed = Graph().parse(data=answer.text, format="json-ld")
    assert list(listed.objects(URIRef(f"{SITE}/inbox"), LDP.contains)) == [URIRef(f"{SITE}/inbox/1")]
    assert "ldp#contains" in client.get("/inbox", headers={"accept": "text/turtle"}).text.replace(
        "ns1:", "ldp#"
    )


def test_nothing_of_the_sender_is_kept(client: TestClient) -> None:
    client.post("/inbox", json=UPDATE | {"actor": "https://jo.example/", "summary": "Call Jo"})

    assert "jo.example" not in client.get("/inbox/1").text


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b"{", "application/ld+json", 422),
        (b"x" * (MOST_BYTES + 1), "application/ld+json", 413),
        (b"<a:s> <a:p> 1 .", "text/turtle", 415),
        (b"", "", 415),
        (b"address=", "application/x-www-form-urlencoded", 422),
        (b"&a=" * 50, "application/x-www-form-urlencoded", 422),
        (b"address=https://other.example/", "application/x-www-form-urlencoded", 404),
    ],
)
def test_what_is_no_notification_is_refused_with_a_reason(
    client: TestClient, body: bytes, media_type: str, status: int
) -> None:
    answer = client.post("/inbox", content=body, headers={"content-type": media_type})

    assert answer.status_code == status
    assert answer.json()["detail"]


def test_the_same_source_again_is_asked_to_wait(client: TestClient) -> None:
    client.post("/inbox", json=UPDATE)
    answer = client.post("/inbox", json=UPDATE)

    assert answer.status_code == 429
    assert 290 <= int(answer.headers["retry-after"]) <= 300


def test_one_sender_cannot_send_without_end(client: TestClient) -> None:
    answers = [client.post("/inbox", content=b"{").status_code for _ in range(6)]

    assert answers == [415] * 5 + [429]


def test_a_person_presses_a_button_and_is_led_back(client: TestClient, registry: Registry) -> None:
    registry.note(due=NOON + timedelta(days=10_000))
    answer = client.post("/inbox", data={"address": SOURCE, "language": "nl"}, headers=BROWSER)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/nl/sources/status?source=")
    assert due(registry) is None
    assert 'role="status"' in client.get(answer.headers["location"]).text


def test_a_program_may_send_a_form_too(client: TestClient) -> None:
    assert client.post("/inbox", data={"address": SOURCE}).status_code == 201


def test_a_notification_that_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get("/inbox/7").json()["code"] == "no-such-notification"


def test_following_a_link_changes_nothing_and_the_button_does(client: TestClient, registry: Registry) -> None:
    address = link(registry, Wish.CONFIRM)
    page = client.get(address)

    assert ("Yes, please" in page.text, given(registry)) == (True, False)
    assert client.post(address).status_code == 200
    assert given(registry)


def test_one_click_in_a_mail_program_stops_all_mail(client: TestClient, registry: Registry) -> None:
    client.post(link(registry, Wish.CONFIRM))
    answer = client.post(link(registry, Wish.STOP), data={"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, given(registry)) == (200, False)


def test_a_link_that_somebody_made_up_does_nothing(client: TestClient, registry: Registry) -> None:
    true = link(registry, Wish.STOP)
    for made_up in (true.replace("stop", "confirm"), true[:-1] + "0", "/en/mail?token=", "/en/mail"):
        assert client.post(made_up).json()["code"] == "mail-link-broken" or made_up == true

    assert not given(registry)


@pytest.mark.parametrize(("wish", "status"), [(Wish.CONFIRM, 422), (Wish.STOP, 200)])
def test_an_old_link_still_stops_but_confirms_no_more(
    client: TestClient, registry: Registry, wish: Wish, status: int
) -> None:
    assert client.get(link(registry, wish, NOON - timedelta(days=400))).status_code == status


def test_a_yes_after_a_no_counts(client: TestClient, registry: Registry) -> None:
    for wish in (Wish.CONFIRM, Wish.STOP, Wish.CONFIRM):
        client.post(link(registry, wish))

    assert given(registry)

"""Labels on the web: pages for people in six languages, credentials for programs."""

from __future__ import annotations

import json
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from registry.certification.desk import Desk
from registry.home import publish
from registry.label.badge.baking import unbake_png, unbake_svg
from registry.label.keys.did import slug_of
from registry.label.keys.multibase import multihash
from registry.vocabulary import LANGUAGES
from registry.web.address import slug_of as slug_of_page
from tests.registry.label.play import BODY, NUMBER, PROJECT, SPACE, SUBJECT, Play

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

LABEL = f"/label/{NUMBER}"
OURS = f"/body/{slug_of(BODY)}"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/vc", "application/vc"),
        ("application/ld+json", "application/vc"),
        ("application/json", "application/vc"),
        ("text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_programs_get_the_form_that_they_ask_for(client: TestClient, accept: str, media_type: str) -> None:
    answer = client.get(LABEL, headers={"accept": accept})

    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)


def test_people_are_led_to_the_page_in_their_language(client: TestClient) -> None:
    answer = client.get(LABEL, headers={"accept": "text/html", "accept-language": "ca"})

    assert (answer.status_code, answer.headers["location"]) == (303, f"/ca{LABEL}")
    assert client.get(LABEL, headers={"accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_there_in_every_language(client: TestClient, language: str) -> None:
    for path in (f"/{language}{LABEL}", f"/{language}/labels", f"/{language}/label/verify"):
        page = client.get(path)
        assert page.status_code == 200
        assert f'<html lang="{language}">' in page.text
        assert "<script" not in page.text


def test_the_page_leads_to_the_initiative_once_that_is_published(client: TestClient, started: Play) -> None:
    publish(started.desk.home, started.desk.rulebook, started.day)
    app: Any = client.app
    app.state.premises.editions.follow()

    assert (
        f'<a href="/en/projects/{slug_of_page(SUBJECT)}">Lantern Town</a>' in client.get(f"/en{LABEL}").text
    )


def test_the_page_says_who_what_until_when_and_what_not(client: TestClient) -> None:
    page = client.get(f"/en{LABEL}").text

    for said in (
        "Lantern: basic",
        "Lantern Town",
        "The Umbrella",
        "1 March 2029",
        "no proof",
        "made-up example",
    ):
        assert said in page


def test_unknown_labels_are_404_and_erased_ones_410(client: TestClient, started: Play) -> None:
    started.act("open", date(2026, 5, 1), f"{started.address}/case/00000000000a", subject="urn:x")
    assert [
        client.get(f"{one}").status_code for one in ("/label/00000000000a", "/label/00000000000b", "/label/x")
    ] == [404] * 3

    started.desk.home.ledger.erase(started.case.iri, "They asked for it.", "operator")

    for path in (LABEL, f"{LABEL}/credential.json", f"/nl{LABEL}", f"{LABEL}/badge.svg"):
        assert client.get(path).status_code == 410


def test_the_state_of_a_day_can_be_asked(client: TestClient, started: Play) -> None:
    started.act("suspend", date(2026, 6, 1), reason="No coordinator.")

    now, then = client.get(f"/en{LABEL}").text, client.get(f"/en{LABEL}?on=2026-05-01").text

    assert ("Suspended" in now, "No coordinator." in now) == (True, True)
    assert ("Suspended" in then, "No coordinator." in then) == (False, False)
    assert client.get(f"/en{LABEL}?on=2025-01-01").status_code == 404
    assert NUMBER not in client.get("/en/labels").text
    assert NUMBER in client.get("/en/labels?on=2026-05-01").text


def test_what_the_public_may_not_know_is_on_no_page(client: TestClient, started: Play) -> None:
    started.act("suspend", date(2026, 6, 1))
    started.act("appeal", date(2026, 6, 2), reason="A private word.")

    for path in (f"/en{LABEL}", LABEL, f"{LABEL}/credential.json", f"{LABEL}/badge.svg"):
        text = client.get(path, headers={"accept": "text/turtle, */*;q=0.1"}).text
        assert "A private word." not in text
        assert "urn:example:ada" not in text


def test_the_page_tells_what_the_description_no_longer_says(client: TestClient, started: Play) -> None:
    started.document(PROJECT.replace("koepel:mentorTrainingHours 12 ; ", ""), SPACE)

    assert "no longer hold there" in client.get(f"/en{LABEL}").text


@pytest.mark.parametrize(
    ("act", "said"), [("suspend", "Suspended"), ("revoke", "Revoked"), ("replace", "Replaced")]
)
def test_the_badge_of_a_label_that_holds_no_more_says_so(
    client: TestClient, started: Play, act: str, said: str
) -> None:
    before, image = client.get(f"{LABEL}/badge.svg"), client.get(f"{LABEL}/badge.png")
    started.act(act, date(2026, 6, 1))

    after = client.get(f"{LABEL}/badge.svg", headers={"if-none-match": before.headers["etag"]})

    assert (after.status_code, said in after.text, "Valid through" in after.text) == (200, True, False)
    assert client.get(f"{LABEL}/badge.png").content != image.content


def test_a_label_that_was_revoked_before_it_began_does_not_begin(client: TestClient, started: Play) -> None:
    started.grant("0b1b2c3d4e5f", 5, valid_from="2027-03-01")
    before = client.get("/en/label/0b1b2c3d4e5f").text
    started.act("revoke", date(2026, 6, 1), f"{started.address}/case/0b1b2c3d4e5f")

    assert "It begins on" in before
    assert "It begins on" not in client.get("/en/label/0b1b2c3d4e5f").text
    assert "It begins on" not in client.get("/label/0b1b2c3d4e5f/badge.svg").text


def test_what_a_site_copies_holds_nothing_but_text_of_a_name(client: TestClient, started: Play) -> None:
    hostile = PROJECT.replace("Lantern Town", 'Town\\"><script>alert(1)</script>')
    digest = started.document(hostile, SPACE).digest
    started.grant("0b1b2c3d4e5f", 5, digest=digest)

    page = unescape(client.get("/en/label/0b1b2c3d4e5f").text.partition("<pre")[2])

    assert "Town&#34;&gt;&lt;script&gt;" in page
    assert "<script" not in page


def test_a_list_that_is_asked_for_again_reads_no_description_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/en/labels")
    monkeypatch.setattr(Desk, "description", None)

    assert "Lantern Town" in client.get("/en/labels").text


def test_a_day_that_nobody_filled_in_is_today(client: TestClient) -> None:
    for path in (f"/en{LABEL}", "/en/labels"):
        assert client.get(f"{path}?on=").status_code == 200
        assert client.get(f"{path}?on=2026-02-30").status_code == 400


def test_badges_speak_the_language_that_is_asked_for_and_carry_the_credential(client: TestClient) -> None:
    drawing, image = (client.get(f"{LABEL}/badge.{one}?language=nl") for one in ("svg", "png"))

    assert "Lantaarn: basis" in drawing.text
    assert unbake_svg(drawing.content) == unbake_png(image.content)
    assert json.loads(unbake_png(image.content)) == client.get(f"{LABEL}/open-badge.json").json()
    assert "script" not in drawing.headers["content-security-policy"]


def test_keys_and_lists_can_be_kept_for_a_while_by_everybody(client: TestClient) -> None:
    for path in (f"{OURS}/did.json", f"{OURS}/status/revocation/1", f"{LABEL}/credential.json"):
        answer = client.get(path)
        assert answer.headers["cache-control"] == "public, max-age=300"
        assert answer.headers["access-control-allow-origin"] == "*"
        again = client.get(path, headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_body_without_keys_has_nothing_here(client: TestClient) -> None:
    for path in ("/body/nobody/did.json", "/body/nobody/status/revocation/1", f"{OURS}/status/revocation/2"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert client.get(OURS).headers["location"].startswith("/en/labels?body=")


def test_what_a_label_names_is_there_with_the_digest_that_it_gives(client: TestClient) -> None:
    for one in client.get(f"{LABEL}/credential.json").json()["relatedResource"]:
        answer = client.get(one["id"].removeprefix("http://localhost:8000"))
        assert multihash(answer.content) == one["digestMultibase"]


def test_the_context_is_served(client: TestClient) -> None:
    assert "LabelCredential" in client.get("/context/label/v1").json()["@context"]
    assert client.get("/context/label/v9").status_code == 404


def checked(client: TestClient, text: str = "", file: bytes = b"") -> str:
    """Hand something over on the page, and give what it says."""
    files = {"file": ("badge.png", file)} if file else None
    return client.post("/en/label/verify", data={"text": text}, files=files).text


def test_a_label_can_be_checked_on_the_page_in_every_form(client: TestClient) -> None:
    credential = client.get(f"{LABEL}/credential.json").text
    for text in (NUMBER, f"http://localhost:8000{LABEL}", credential):
        assert "The label holds: Lantern: basic, for Lantern Town." in checked(client, text)
        assert "made-up example" in checked(client, text)
    for form in ("svg", "png"):
        assert "The label holds" in checked(client, file=client.get(f"{LABEL}/badge.{form}").content)


def test_a_label_that_was_changed_is_told_on_the_page(client: TestClient) -> None:
    credential = client.get(f"{LABEL}/credential.json").text

    assert "not proven" in checked(client, credential.replace("2029-03-01T", "2039-03-01T"))


@pytest.mark.parametrize(
    "text",
    [
        "https://elsewhere.example/label/0a1b2c3d4e5f",
        "",
        "{}",
        "<svg/>",
        "file:///etc/passwd",
        "a" * 3_000_000,
    ],
    ids=["elsewhere", "empty", "object", "drawing", "file", "huge"],
)
def test_what_is_no_label_of_ours_is_refused_on_the_page(client: TestClient, text: str) -> None:
    answer = client.post("/en/label/verify", data={"text": text})

    assert answer.status_code in {400, 422}
    assert "The label holds" not in answer.text


def test_an_issuer_elsewhere_is_never_asked_from_the_page(client: TestClient) -> None:
    credential = client.get(f"{LABEL}/credential.json").json()
    credential["issuer"]["id"] = "did:web:elsewhere.example"

    assert "koepel label verify" in checked(client, json.dumps(credential))

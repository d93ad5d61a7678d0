"""GraphQL over HTTP: answers for programs, and an editor for people that calls no other server."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright

from registry.graphql_api.request import JSON, LONGEST, RESPONSE
from tests.registry.web.edition import EARLY
from tests.registry.web.test_browser import FLAGS

ROOT = Path(__file__).parents[3]
EDITOR = ROOT / "registry" / "web" / "static" / "vendor" / "graphiql"
SNAPSHOT = "{ snapshot { id } }"
#: The hashes that the page of the library asks for, which gets these files from elsewhere.
HASHES = {
    "react.production.min.js": "tMH8h3BGESGckSAVGZ82T9n90ztNXxvdwvdM6UoR56cYcf+0iGXBliJ29D+wZ/x8",
    "react-dom.production.min.js": "bm7MnzvK++ykSwVJ2tynSE5TRdN+xL418osEVF2DE/L/gfWHj91J2Sphe582B1Bh",
    "graphiql.min.css": "Mq3vbRBY71jfjQAt/DcjxUIYY33ksal4cgdRt9U/hNPvHBCaT2JfJ/PTRiPKf0aM",
    "explorer.css": "5DFJlDPW2tSATRbM8kzoP1j194jexLswuNmClWoRr2Q0x7R68JIQzPHZ02Faktwi",
    "graphiql.min.js": "HbRVEFG0JGJZeAHCJ9Xm2+tpknBQ7QZmNlO/DgZtkZ0aJSypT96YYGRNod99l9Ie",
    "explorer.js": "2oonKe47vfHIZnmB6ZZ10vl7T0Y+qrHQF2cmNTaFDuPshpKqpUMGMc9jgj9MLDZ9",
}


def ask(client: TestClient, query: str, **variables: Any) -> dict[str, Any]:
    """Put a question, and give the answer with its errors."""
    answer = client.post("/graphql", json={"query": query, "variables": variables}).json()
    assert isinstance(answer, dict)
    return answer


def test_the_question_in_the_readme_is_answered(client: TestClient) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (question,) = re.findall(r"```graphql\n(.*?)```", readme, flags=re.DOTALL)

    answer = ask(client, question)
    assert "errors" not in answer
    assert answer["data"]["projects"]["totalCount"] > 0


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (None, RESPONSE),
        ("*/*", RESPONSE),
        ("application/json", JSON),
        (f"{RESPONSE}, application/json;q=0.9", RESPONSE),
        (f"application/json, {RESPONSE};q=0.5", JSON),
    ],
)
def test_the_answer_has_the_media_type_that_was_asked_for(
    client: TestClient, accept: str | None, given: str
) -> None:
    headers = {"accept": accept or ""}
    response = client.post("/graphql", json={"query": SNAPSHOT}, headers=headers)

    assert response.headers["content-type"] == f"{given}; charset=utf-8"
    assert response.json()["data"]["snapshot"]["id"] == response.headers["koepel-snapshot"]


@pytest.mark.parametrize(("accept", "status"), [(RESPONSE, 400), (JSON, 200)])
@pytest.mark.parametrize("query", ["{ nonsense }", "{ projects {", "mutation { forget }"])
def test_a_question_that_makes_no_sense_is_told_by_the_status_too(
    client: TestClient, query: str, accept: str, status: int
) -> None:
    response = client.post("/graphql", json={"query": query}, headers={"accept": accept})

    assert response.status_code == status
    assert "data" not in response.json()
    assert response.json()["errors"][0]["extensions"]["code"] in {"VALIDATION", "SYNTAX", "ONLY_QUERIES"}


def test_an_answer_in_part_is_an_answer(client: TestClient) -> None:
    response = client.post("/graphql", json={"query": '{ standard(token: "no") { iri } snapshot { id } }'})

    assert (response.status_code, response.json()["data"]["standard"]) == (200, None)
    assert response.json()["errors"][0]["path"] == ["standard"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("", 400, "no-json"),
        ("not json", 400, "no-json"),
        ("[" * 100_000, 400, "no-json"),
        ("{}", 400, "no-question"),
        ('{"query": 3}', 400, "no-question"),
        ('{"query": " "}', 400, "no-question"),
        ('"{ snapshot { id } }"', 400, "no-question"),
        ('{"query": "{ a }", "variables": []}', 400, "wrong-question"),
        ('{"query": "{ a }", "operationName": 7}', 400, "wrong-question"),
        ('[{"query": "{ a }"}]', 400, "no-batches"),
        (" " * (LONGEST + 1), 413, "request-too-large"),
    ],
)
def test_a_request_that_holds_no_question_is_a_problem(
    client: TestClient, body: str, status: int, code: str
) -> None:
    response = client.post("/graphql", content=body, headers={"content-type": "application/json"})

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1"]
)
def test_another_form_of_request_is_not_read(client: TestClient, kind: str) -> None:
    response = client.post("/graphql", content='{"query": "{ a }"}', headers={"content-type": kind})

    assert response.status_code == 415


def test_what_cannot_be_had_is_told(client: TestClient) -> None:
    response = client.post("/graphql", json={"query": SNAPSHOT}, headers={"accept": "image/png"})

    assert response.status_code == 406


def test_a_question_can_stand_in_the_address(client: TestClient) -> None:
    query = "query A($first: Int) { projects(first: $first) { nodes { iri } } } query B { snapshot { id } }"
    parameters = {"query": query, "variables": '{"first": 2}', "operationName": "A"}

    assert len(client.get("/graphql", params=parameters).json()["data"]["projects"]["nodes"]) == 2
    assert client.get("/graphql", params={**parameters, "variables": "{"}).status_code == 400
    assert client.get("/graphql", headers={"accept": JSON}).json()["code"] == "no-question"


def test_an_unchanged_answer_is_not_sent_again(client: TestClient) -> None:
    parameters = {"query": SNAPSHOT}
    tag = client.get("/graphql", params=parameters).headers["etag"]

    again = client.get("/graphql", params=parameters, headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    others = ({"query": "{ snapshot { time } }"}, {**parameters, "snapshot": EARLY})
    for other in others:
        assert client.get("/graphql", params=other, headers={"if-none-match": tag}).status_code == 200


def test_the_whole_answer_comes_from_the_snapshot_of_the_cursor(client: TestClient) -> None:
    query = "query($after: String) { organisations(first: 1, after: $after) { pageInfo { endCursor } } }"
    early = client.post("/graphql", params={"snapshot": EARLY}, json={"query": query})
    cursor = early.json()["data"]["organisations"]["pageInfo"]["endCursor"]

    second = client.post("/graphql", json={"query": query, "variables": {"after": cursor}})
    names = {one.headers["koepel-snapshot"] for one in (early, second)}
    assert names == {second.json()["extensions"]["snapshot"]["id"]}
    assert client.post("/graphql", json={"query": query}).headers["koepel-snapshot"] not in names


def test_a_cursor_of_a_snapshot_that_is_gone_is_410(client: TestClient) -> None:
    cursor = base64.urlsafe_b64encode(b"1-00000000 0a1b2c3d 3").decode().rstrip("=")
    response = client.post("/graphql", json={"query": f'{{ projects(after: "{cursor}") {{ totalCount }} }}'})

    assert response.status_code == 410
    assert response.json()["errors"][0]["extensions"]["code"] == "SNAPSHOT_GONE"


def test_errors_come_in_the_language_of_the_reader(client: TestClient) -> None:
    told = [
        client.post(
            "/graphql", json={"query": "mutation { a }"}, headers={"accept-language": language}
        ).json()
        for language in ("en", "ca")
    ]

    assert told[0]["errors"][0]["message"] == "Readers may ask, not change: write a query."
    assert told[0]["errors"][0]["extensions"] == told[1]["errors"][0]["extensions"]


def test_scripts_of_other_sites_may_ask(client: TestClient) -> None:
    headers = {"origin": "https://portal.example", "access-control-request-method": "POST",
               "access-control-request-headers": "content-type"}  # fmt: skip
    preflight = client.options("/graphql", headers=headers)

    assert preflight.is_success
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "POST" in preflight.headers["access-control-allow-methods"]


def test_a_browser_gets_an_editor_with_a_policy_of_its_own(client: TestClient) -> None:
    page = client.get("/graphql", params={"query": '{ a(b: "</script>") }'}, headers={"accept": "text/html"})

    assert page.headers["content-type"].startswith("text/html")
    assert "</script>&#34;" not in page.text
    assert "font-src 'self' data:" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert re.findall(r'(?:src|href)="(?!/)', page.text) == []


def test_the_editor_is_what_its_authors_published() -> None:
    found = {
        name: base64.b64encode(hashlib.sha384((EDITOR / name).read_bytes()).digest()).decode()
        for name in HASHES
    }

    assert found == HASHES
    rest = {path.name for path in EDITOR.iterdir()} - HASHES.keys()
    assert rest == {"LICENSE.graphiql", "LICENSE.react", "README.md"}


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """Chromium, which sends nothing about itself anywhere."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.browser
@pytest.mark.needs("chromium")
@pytest.mark.slow
def test_the_editor_answers_without_calling_another_server(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    told: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(f"{address}/graphql")
    page.get_by_role("button", name="Execute query").click()
    page.get_by_text('"totalCount"').wait_for()
    page.get_by_role("button", name="Show Documentation Explorer").click()
    page.get_by_role("link", name="InitiativeSearchConnection").first.wait_for()

    assert [url for url in asked if not url.startswith(address)] == []
    assert told == []
    page.context.close()

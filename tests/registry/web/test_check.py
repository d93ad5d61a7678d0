"""The page for a check says what is missing, refuses what is no description, and keeps nothing."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

EXAMPLES = Path(__file__).parents[3] / "examples" / "fictitious"
STARTING = (EXAMPLES / "starting-project.ttl").read_text(encoding="utf-8")
UNFINISHED = (EXAMPLES / "unfinished-project.ttl").read_text(encoding="utf-8")


def test_what_is_pasted_is_checked_in_the_language_of_the_page(client: TestClient) -> None:
    page = client.post("/nl/check", data={"text": UNFINISHED})

    assert page.status_code == 200
    assert "Het land ontbreekt" in page.text
    assert "koepel:country" in page.text


def test_a_file_is_checked_against_the_standard_that_was_chosen(client: TestClient) -> None:
    page = client.post("/ca/check", files={"file": ("projecte.ttl", STARTING)}, data={"standard": "cms"})

    assert page.status_code == 200
    assert "projecte.ttl" in page.text
    assert "(cms)" in page.text


@pytest.mark.parametrize(
    ("text", "told"),
    [("<html><p>hallo</p></html>", "web page"), ("@prefix a: <b", "Line 1, column"), ("", "empty")],
)
def test_what_is_no_description_is_refused_with_the_reason(client: TestClient, text: str, told: str) -> None:
    page = client.post("/en/check", data={"text": text})

    assert page.status_code == 422
    assert told in page.text


def test_what_was_pasted_is_still_there_after_a_mistake_and_does_no_harm(client: TestClient) -> None:
    page = client.post("/en/check", data={"text": "</textarea><script>alert(1)</script>"})

    assert page.status_code == 422
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text


@pytest.mark.parametrize("kind", ["application/json", "text/turtle", "text/csv", "text/html"])
def test_a_program_gets_the_report_in_the_form_it_asks_for(client: TestClient, kind: str) -> None:
    answer = client.post("/check", content=STARTING, headers={"content-type": "text/turtle", "accept": kind})

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)


def test_a_program_gets_a_problem_for_a_description_that_is_too_large(client: TestClient) -> None:
    answer = client.post("/check", content="#" * 400_000, headers={"content-type": "text/turtle"})

    assert answer.status_code == 422
    assert answer.json()["code"] == "document-too-large"


def test_an_unknown_standard_is_told_with_close_names(client: TestClient) -> None:
    answer = client.post("/check?standard=cmz", content=STARTING, headers={"content-type": "text/turtle"})

    assert answer.status_code == 404
    assert "cms" in answer.json()["detail"]

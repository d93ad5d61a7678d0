"""A portal's own script may read everything here."""

import pytest
from fastapi.testclient import TestClient

ORIGIN = {"origin": "https://portal.example"}


@pytest.mark.parametrize("path", ["/def.ttl", "/snapshots.json", "/graphql?query={__typename}", "/en/x/y"])
def test_a_script_of_another_site_may_read_an_answer_and_its_state(client: TestClient, path: str) -> None:
    headers = client.get(path, headers=ORIGIN).headers

    assert headers["access-control-allow-origin"] == "*"
    assert "koepel-snapshot" in headers["access-control-expose-headers"]
    assert "Origin" not in headers.get("vary", "")


@pytest.mark.parametrize("path", ["/sparql", "/graphql", "/check"])
def test_a_browser_that_asks_first_gets_permission(client: TestClient, path: str) -> None:
    asking = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    answer = client.options(path, headers=ORIGIN | asking)

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-headers"] == "*"

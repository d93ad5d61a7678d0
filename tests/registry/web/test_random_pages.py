"""A link of the site that somebody has mistyped or tampered with leads to a page, and never to a crash."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
NAME = re.compile(r'name="([^"]+)"')
START = ("/en/", "/nl/projects?q=a", "/sparql?query=ASK%7B%7D", "/snapshots.json", "/readyz", "/metrics")
MOST = 80
"""So many pages are looked at for links."""
words = st.sampled_from(["", "-1", "0", "9" * 40, "nl", "sparql", "../..", "%00", "é", "\u202e", "a" * 3000])
texts = words | st.text(st.characters(codec="utf-8"), max_size=10)
headers = st.dictionaries(
    st.sampled_from(["accept", "accept-language", "accept-encoding", "if-none-match", "range", "cookie"]),
    st.sampled_from(
        ["*/*", "text/html;q=x", "text/turtle", "nl;q=0", "zstd", '"', "bytes=0-0", ";;,", "a=b"]
    ),
)


@pytest.fixture(scope="session")
def links(client: TestClient) -> list[tuple[str, dict[str, str]]]:
    """Follow the links of the site; gives the addresses, and the names of what their forms ask."""
    found: dict[str, None] = dict.fromkeys(START)
    for number in range(MOST):
        if number >= len(found):
            break
        page = client.get([*found][number], headers={"accept": "text/html"}).text
        found |= dict.fromkeys(map(unescape, LINK.findall(page)))
        asked = "&".join(f"{name}=" for name in dict.fromkeys(NAME.findall(page)))
        found |= {f"{urlsplit([*found][number]).path}?{asked}": None}
    assert len(found) > MOST
    return [(one.path, dict(parse_qsl(one.query, keep_blank_values=True))) for one in map(urlsplit, found)]


@given(data=st.data())
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_link_with_something_else_in_it_is_answered(
    client: TestClient, links: list[tuple[str, dict[str, str]]], data: st.DataObject
) -> None:
    path, query = data.draw(st.sampled_from(links))
    parts, names = path.split("/"), st.sampled_from([*query, "snapshot", "page", "query"])
    if data.draw(st.booleans()):
        parts[data.draw(st.integers(1, len(parts) - 1))] = quote(data.draw(texts), safe="./%")
    asked = urlencode(query | data.draw(st.dictionaries(names, texts, max_size=3)))

    answer = client.get(f"{'/'.join(parts)}?{asked}", headers=data.draw(headers))

    assert answer.status_code < 500

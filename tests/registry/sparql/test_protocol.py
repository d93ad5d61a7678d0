"""How a query is read from a request."""

import pytest

from registry.errors import KoepelError
from registry.sparql.protocol import DIRECT, FORM, Asked, read_address, read_post

GRAPHS = b"default-graph-uri=urn:a&named-graph-uri=urn:b&default-graph-uri=urn:c"
ASKED = Asked("ASK {}", ("urn:a", "urn:c"), ("urn:b",))


@pytest.mark.parametrize(
    ("address", "kind", "body"),
    [
        (b"", FORM, b"query=ASK+%7B%7D&" + GRAPHS),
        (GRAPHS, FORM, b"query=ASK%20{}"),
        (GRAPHS, f"{FORM}; charset=UTF-8", b"query=ASK%20{}"),
        (GRAPHS, DIRECT, b"ASK {}"),
        (GRAPHS, 'Application/SPARQL-Query ; Charset="utf-8"', b"ASK {}"),
    ],
)
def test_query_and_graphs_are_found_where_the_protocol_puts_them(
    address: bytes, kind: str, body: bytes
) -> None:
    assert read_post(address, kind, body) == ASKED


def test_an_address_holds_all_of_it() -> None:
    assert read_address(b"query=ASK%20%7B%7D&" + GRAPHS) == ASKED


@pytest.mark.parametrize(
    ("address", "kind", "body", "code"),
    [
        (b"", FORM, b"query=ASK%7B%7D&query=ASK%7B%7D", "several-queries"),
        (b"query=ASK%7B%7D", DIRECT, b"ASK {}", "several-queries"),
        (b"", FORM, b"quer=ASK%7B%7D", "query-missing"),
        (b"", FORM, b"query=%ff", "query-not-utf-8"),
        (b"", DIRECT, b"\xff\xfe", "query-not-utf-8"),
        (b"", f"{DIRECT}; charset=UTF-16", "ASK {}".encode("utf-16"), "query-media-type"),
        (b"", "", b"ASK {}", "query-media-type"),
        (b"", "text/plain", b"ASK {}", "query-media-type"),
        (b"", "application/sparql-update", b"DROP ALL", "update-refused"),
        (b"", FORM, b"update=DROP%20ALL", "update-refused"),
        (b"", FORM, b"&".join([b"default-graph-uri=urn:a"] * 2_000), "too-many-parameters"),
    ],
)
def test_what_is_no_question_is_refused(address: bytes, kind: str, body: bytes, code: str) -> None:
    with pytest.raises(KoepelError) as refused:
        read_post(address, kind, body)

    assert refused.value.code == code

"""Reads what a program asks over HTTP (SPARQL 1.1 Protocol, section 2.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from registry.errors import InvalidDataError, NotAllowedError
from registry.formats import base_media_type

__all__ = ["DIRECT", "FORM", "Asked", "MediaTypeError", "read_address", "read_post"]

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
CHARSET: Final = re.compile(r";\s*charset\s*=\s*\"?([^\s;\"]*)", re.IGNORECASE)
MOST_PARAMETERS: Final = 1_000


class MediaTypeError(InvalidDataError):
    """A request comes in a form that is not taken here."""

    status = 415


@dataclass(frozen=True)
class Asked:
    """What a program asks; no query where it only looks what there is."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def read_address(parameters: bytes) -> Asked:
    """Read what stands in an address behind the question mark (section 2.1.1).

    >>> read_address(b"query=ASK%20%7B%7D&default-graph-uri=https://example.org/g")
    Asked(query='ASK {}', default_graphs=('https://example.org/g',), named_graphs=())
    >>> read_address(b"").query is None
    True
    """
    return _read(_pairs(parameters))


def read_post(parameters: bytes, content_type: str, body: bytes) -> Asked:
    """Read what was sent as a form or as a query (sections 2.1.2 and 2.1.3).

    The graphs may stand in the address beside both.

    >>> read_post(b"", "application/sparql-query", b"ASK {}").query
    'ASK {}'
    """
    kind, charset = base_media_type(content_type), CHARSET.search(content_type)
    if kind == UPDATE:
        raise _no_update()
    if kind not in {FORM, DIRECT} or (charset and charset[1].lower() != "utf-8"):
        raise MediaTypeError(
            "query-media-type",
            "A query is sent as {form}, or as {direct}, in UTF-8.",
            form=FORM,
            direct=DIRECT,
        )
    sent = _pairs(body) if kind == FORM else [("query", _text(body))]
    asked = _read([*_pairs(parameters), *sent])
    if asked.query is None:
        raise InvalidDataError("query-missing", "There is no query. Send it as the parameter 'query'.")
    return asked


def _read(pairs: list[tuple[str, str]]) -> Asked:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in pairs if key == name)

    if values("update"):
        raise _no_update()
    queries = values("query")
    if len(queries) > 1:
        raise InvalidDataError("several-queries", "There is more than one query. Send one at a time.")
    return Asked(
        queries[0] if queries else None,
        tuple(filter(None, values("default-graph-uri"))),
        tuple(filter(None, values("named-graph-uri"))),
    )


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    text = _text(encoded)
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise _no_text() from None
    except ValueError:
        raise InvalidDataError(
            "too-many-parameters",
            "There are more than {limit} parameters. Send fewer.",
            limit=MOST_PARAMETERS,
        ) from None


def _text(encoded: bytes) -> str:
    try:
        return encoded.decode()
    except UnicodeDecodeError:
        raise _no_text() from None


def _no_text() -> InvalidDataError:
    return InvalidDataError(
        "query-not-utf-8", "The query is no text in UTF-8. Write it in that encoding, and send it again."
    )


def _no_update() -> NotAllowedError:
    return NotAllowedError(
        "update-refused", "Readers may ask, not change: use SELECT, ASK, CONSTRUCT or DESCRIBE."
    )

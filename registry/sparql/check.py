"""Reads a query before it is put to the graph: what it may not ask, and which graphs it is about.

A query may not reach other servers, and Oxigraph would call any address that `SERVICE` names. Most queries
do not even hold that word, or only inside of names such as `PublicService`; telling so is a matter of
microseconds. The rest are read by rdflib's parser, which takes its time, knows no extensions, and refuses
what is no plain SPARQL 1.1. Whatever gets past both finds that the process can open no connection.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyparsing import ParseException, ParseResults
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from registry.errors import NotAllowedError
from registry.sparql.mistake import unreadable
from registry.sparql.refusal import too_deep
from registry.sparql.token import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Form", "check_query"]

CALL: Final = "service"
CHOICE: Final = "from"
ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True)
class Form:
    """What has to be known about a query before it is asked."""

    names_graphs: bool = False
    """True where FROM says which graphs are asked."""


def check_query(query: str) -> Form:
    """Refuse a query that calls another server, and tell what kind it is.

    >>> check_query("SELECT ?s FROM <https://example.org/g> { ?s a ?kind }")
    Form(names_graphs=True)
    >>> check_query("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }")
    Traceback (most recent call last):
    registry.errors.NotAllowedError: A query may not call another server with SERVICE. Leave that part out.

    Args:
        query: Any text; whether it is a query is for the store to say.
    """
    escaped = "\\u" in query or "\\U" in query
    plain = _unescaped(query).lower() if escaped else query.lower()
    if CALL not in plain and CHOICE not in plain:
        return Form()
    words = frozenset(_words(plain))
    calls = [word for word, _ in words if CALL in word]
    doubtful = calls or any(CHOICE in word and (word != CHOICE or colon) for word, colon in words)
    if doubtful or (escaped and CALL in plain):
        return _parsed(query)
    return Form(names_graphs=(CHOICE, "") in words)


def _unescaped(query: str) -> str:
    r"""Put characters in the place of their escapes (SPARQL 1.1, section 19.2).

    >>> _unescaped(r"\u0053ERVICE \U00000053")
    'SERVICE S'
    """
    return ESCAPE.sub(_character, query)


def _character(escape: re.Match[str]) -> str:
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"


def _words(query: str) -> Iterator[tuple[str, str]]:
    """List the words of a query that can be keywords, each with the colon that makes it a prefix.

    Two things can be read in several ways, and so count as the worst. A text without an end: what follows
    can be anything. And what looks like an IRI, but may be the sign for less, and more after its bracket.
    """
    for token in TOKEN.finditer(query):
        if token["open"]:
            yield CALL, ""
            return
        if ")" in (token["iri"] or "") and (CALL in token["iri"] or CHOICE in token["iri"]):
            yield CALL, ""
        if token["word"]:
            yield token["word"], token["colon"] or ""


def _parsed(query: str) -> Form:
    parts = list(_parts(_parse(query.replace("\r", "\n"))))  # to rdflib, no comment ends at a carriage return
    if any(part.name == "ServiceGraphPattern" for part in parts):
        raise NotAllowedError(
            "service-refused", "A query may not call another server with SERVICE. Leave that part out."
        )
    return Form(any(part.name == "DatasetClause" for part in parts))


def _parse(query: str) -> ParseResults:
    try:
        return parseQuery(query)
    except ParseException as error:
        raise unreadable(query, error.lineno, error.column) from None
    except ValueError:  # an escape that stands for no character
        raise unreadable(query, 1, 1) from None
    except RecursionError:
        raise too_deep() from None


def _parts(part: object) -> Iterator[CompValue]:
    """List every construct of a parsed query, however deep it stands."""
    if isinstance(part, CompValue):
        yield part
        for value in part.values():
            yield from _parts(value)
    elif isinstance(part, ParseResults | list | tuple):
        for value in part:
            yield from _parts(value)

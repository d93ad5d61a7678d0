r"""Reads a query before it is put to the graph: what it may not ask, and which graphs it is about.

A query may not reach other servers, and Oxigraph would call any address that `SERVICE` names. Most queries
do not even hold that word, or only inside of names such as `PublicService`; telling so is a matter of
microseconds. The rest are read by rdflib's parser, which takes its time, knows no extensions, and refuses
what is no plain SPARQL 1.1. Whatever gets past both finds that the process can open no connection.

Oxigraph takes a keyword for one wherever its letters stand, also glued to what follows: `SERVICEx:y` and
`FROM:g` are calls and clauses. So do the patterns here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyparsing import ParseException, ParseResults
from rdflib import URIRef
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from registry.errors import KoepelError, NotAllowedError
from registry.sparql.mistake import unreadable
from registry.sparql.refusal import too_deep

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Form", "check_query"]

CALL: Final = "service"
CHOICE: Final = "from"
ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
#: The tokens of SPARQL 1.1, section 19.8, in which words mean nothing; what is left has a word in front.
TOKEN: Final = re.compile(
    r"""
    \#[^\n\r]*                                             # comment
    | \"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
    | (?P<open>\"{3} | '{3})                               # a text without an end
    | "(?:[^"\\\n\r]|\\.)*+"? | '(?:[^'\\\n\r]|\\.)*+'?
    | <(?P<iri>[^<>"{}|^`\\\x00-\x20]*)>                    # IRI
    | [?$]\w+ | @[a-z]+(?:-[a-z0-9]+)*                     # variable, language
    | (?P<word>[\w.-]+)(?:(?P<colon>:)[\w.:%\\-]*)?        # keyword, or the prefix of a name
    | :[\w.:%\\-]*
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Form:
    """What has to be known about a query before it is asked."""

    names_graphs: bool = False
    """True where FROM says which graphs are asked."""
    calls_peers: bool = False
    """True where SERVICE hands a part of it to another registry."""


def check_query(query: str, peers: frozenset[str] = frozenset()) -> Form:
    """Refuse a query that calls another server, and tell what kind it is.

    >>> check_query("SELECT ?s FROM <https://example.org/g> { ?s a ?kind }")
    Form(names_graphs=True, calls_peers=False)
    >>> check_query("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }")
    Traceback (most recent call last):
    registry.errors.NotAllowedError: A query may not call another server with SERVICE. Leave that part out.

    Args:
        query: Any text; whether it is a query is for the store to say.
        peers: The addresses that it may call, each written in the query exactly so.
    """
    escaped = "\\u" in query or "\\U" in query
    plain = _unescaped(query).lower() if escaped else query.lower()
    if CALL not in plain and CHOICE not in plain:
        return Form()
    words = frozenset(_words(plain))
    calls = [word for word, _ in words if CALL in word]
    doubtful = calls or any(CHOICE in word and (word != CHOICE or colon) for word, colon in words)
    if doubtful or (escaped and CALL in plain):
        return _parsed(query, peers, escaped=escaped)
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


def _parsed(query: str, peers: frozenset[str], *, escaped: bool) -> Form:
    parts = list(_parts(_parse(query.replace("\r", "\n"))))  # to rdflib, no comment ends at a carriage return
    calls = [part for part in parts if part.name == "ServiceGraphPattern"]
    # What an escape stands for can end a text for the one reader and not for the other, and so hide a call.
    if calls and (escaped or any(str(_target(call)) not in peers for call in calls)):
        raise _refusal(peers)
    written = sum(CALL in word for word, _ in _words(query.lower()))
    if peers and calls and written != len(calls):  # two readers do not agree
        raise _refusal(peers)
    return Form(any(part.name == "DatasetClause" for part in parts), bool(calls))


def _target(call: CompValue) -> object:
    """Give the address that a call names in full; a variable or an abbreviation names none."""
    return call.term if type(call.term) is URIRef else None


def _refusal(peers: frozenset[str]) -> KoepelError:
    if not peers:
        return NotAllowedError(
            "service-refused", "A query may not call another server with SERVICE. Leave that part out."
        )
    return NotAllowedError(
        "service-elsewhere",
        "With SERVICE a query may call only these servers, each by its full address and without escapes: "
        "{peers}. Leave other calls out.",
        peers=", ".join(sorted(peers)),
    )


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

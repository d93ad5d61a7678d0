"""Where each thing has its page, and which thing a page is about.

Things of the examples have readable addresses: the page of `<https://w3id.org/koepel/example/germany/bagfa#impulse>`
ends in `germany/bagfa/impulse`. Any other thing is addressed by its whole IRI. What has an address that
programs use too (terms, codes, documents) has its page at the same address behind the language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from rdflib import URIRef

from registry.vocabulary import CODE, EXAMPLE, KOEPEL, STANDARD

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "data_path",
    "in_state",
    "iri_of",
    "is_mail_address",
    "is_web_address",
    "known_path",
    "slug_of",
    "with_query",
]

MODULES: Final = "https://w3id.org/koepel/def/"
WHOLE: Final = "iri/"
MAIL: Final = re.compile(r"mailto:[\w.+-]+@[\w.-]+")
STATE: Final = "snapshot"
"""The parameter that names a state of the registry."""
PLAIN: Final = "-._~/"
"""What stays readable in a path, beside letters and figures."""


def slug_of(iri: str) -> str:
    """Give the end of the address of a thing's page.

    >>> slug_of("https://w3id.org/koepel/example/germany/bagfa#impulse")
    'germany/bagfa/impulse'
    >>> slug_of("https://buddy.example/profile#project")
    'iri/https%3A%2F%2Fbuddy.example%2Fprofile%23project'
    """
    document, hash_sign, fragment = iri.removeprefix(EXAMPLE).partition("#")
    readable = iri.startswith(EXAMPLE) and hash_sign and fragment and document
    if readable and not document.startswith(WHOLE) and not set("/#?%") & set(fragment):
        return quote(f"{document}/{fragment}", safe=PLAIN)
    return WHOLE + quote(iri, safe="-._~")


def iri_of(slug: str) -> URIRef:
    """Tell which thing a page is about; the slug comes without percent signs, as web servers hand it over.

    >>> iri_of("germany/bagfa/impulse")
    rdflib.term.URIRef('https://w3id.org/koepel/example/germany/bagfa#impulse')
    >>> iri_of("iri/https://buddy.example/profile#project")
    rdflib.term.URIRef('https://buddy.example/profile#project')
    """
    if slug.startswith(WHOLE):
        return URIRef(slug.removeprefix(WHOLE))
    document, _, fragment = slug.rpartition("/")
    return EXAMPLE[f"{document}#{fragment}"]


def known_path(iri: str) -> str | None:
    """Give the path, behind the language, of what is no entry of the catalogue: terms, codes, standards.

    >>> known_path("https://w3id.org/koepel/code/target-group/refugee")
    '/code/target-group/refugee'
    >>> known_path(KOEPEL.Programme), known_path("https://w3id.org/koepel/def/actor")
    ('/def/Programme', '/def/actor')
    >>> known_path("https://example.org/") is None
    True
    """
    iri = str(iri)  # rdflib's IRIs have a `startswith` of their own, which knows no tuples
    if iri.startswith((str(KOEPEL), MODULES)):
        return f"/def/{quote(iri.removeprefix(KOEPEL).removeprefix(MODULES), safe='/')}"
    if iri in CODE:
        return f"/code/{quote(iri.removeprefix(CODE), safe=PLAIN)}"
    if iri in STANDARD:
        token, _, fragment = iri.removeprefix(STANDARD).partition("#")
        return f"/standards/{quote(token, safe='')}" + (
            f"#{quote(fragment)}" if fragment != "standard" else ""
        )
    return None


def data_path(graph: str, extension: str = "") -> str:
    """Give the path of a document's statements, in the format with this ending.

    >>> data_path("https://w3id.org/koepel/example/germany/bagfa", "ttl")
    '/graphs.ttl?graph=https%3A%2F%2Fw3id.org%2Fkoepel%2Fexample%2Fgermany%2Fbagfa'
    """
    ending = f".{extension}" if extension else ""
    return with_query(f"/graphs{ending}", {"graph": graph})


def with_query(path: str, parameters: Mapping[str, str]) -> str:
    """Add parameters to a path, without those that are empty."""
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"{path}?{query}" if query else path


def in_state(path: str, snapshot: str) -> str:
    """Give an address of this site in another state of the registry; the empty name stands for the newest.

    >>> in_state("/nl/projects?q=buddy#found", "2026-paper")
    '/nl/projects?q=buddy&snapshot=2026-paper#found'
    >>> in_state("/nl/projects?snapshot=2026-paper&q=buddy", "")
    '/nl/projects?q=buddy'
    """
    before, hash_sign, fragment = path.partition("#")
    bare, _, query = before.partition("?")
    if not snapshot and f"{STATE}=" not in query:
        return path
    others = [one for one in parse_qsl(query, keep_blank_values=True) if one[0] != STATE]
    changed = urlencode([*others, *([(STATE, snapshot)] if snapshot else [])])
    return bare + (f"?{changed}" if changed else "") + hash_sign + fragment


def is_mail_address(iri: str) -> bool:
    """Tell whether an IRI is one plain mail address; those here belong to organisations.

    >>> is_mail_address("mailto:hello@buddy.example"), is_mail_address("mailto:a@b.example?body=x")
    (True, False)
    """
    return MAIL.fullmatch(iri) is not None


def is_web_address(iri: str) -> bool:
    """Tell whether a page may link to an address that a stranger gave.

    >>> [
    ...     is_web_address(one)
    ...     for one in ("https://example.org/", "javascript:alert(1)", "https:", "HTTP://a.example")
    ... ]
    [True, False, False, True]
    """
    try:
        parts = urlsplit(iri.strip())
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False

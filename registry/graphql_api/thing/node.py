"""Things that can be asked for again, by an identifier or by their IRI."""

from __future__ import annotations

import base64
import binascii
import re
from contextlib import suppress
from typing import Any, ClassVar, Final

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.errors import InvalidDataError
from registry.graph.term import to_oxigraph
from registry.graphql_api.field import field
from registry.graphql_api.session import Frame
from registry.graphql_api.text import LocalText, Spoken

__all__ = ["Node", "Thing", "identify", "iri_of", "kind_of"]

QUANTUM: Final = 4  # base64 comes in groups of four
UNFIT: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
"""What no IRI holds (SPARQL 1.1, rule 139)."""


@strawberry.interface(description="Anything that can be asked for again by its identifier.")
class Node:
    """What all things have in common."""

    KINDS: ClassVar[dict[str, type[Node]]] = {}
    """The types that can be asked for, by their names in the schema."""

    frame: Private[Frame]
    named: Private[URIRef]

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        Node.KINDS[cls.__name__] = cls

    @field
    def id(self) -> strawberry.ID:
        """Its identifier, the same in every state of the registry."""
        return identify(type(self).__name__, self.named)

    @field
    def iri(self) -> str:
        """Its IRI."""
        return str(self.named)

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> Node | None:
        """Find a thing of this kind by its IRI."""
        return None


@strawberry.interface(description="Anything with a name.")
class Thing(Node):
    """What all things with a name have in common."""

    @field
    def title(self, language: Spoken = None) -> LocalText:
        """What it is called."""
        return self.frame.name(self.named, language)


def iri_of(text: str) -> URIRef:
    """Take an IRI from a client; only what is one goes into a question to the graph.

    >>> iri_of("https://buddy.example/#us")
    rdflib.term.URIRef('https://buddy.example/#us')
    >>> iri_of("us> }")
    Traceback (most recent call last):
    registry.errors.InvalidDataError: 'us> }' is no IRI. Write it in full, such as https://example.org/#project.
    """
    if not UNFIT.search(text):
        iri = URIRef(text)
        with suppress(ValueError):
            to_oxigraph(iri)
            return iri
    raise InvalidDataError(
        "no-iri", "'{text}' is no IRI. Write it in full, such as https://example.org/#project.", text=text
    )


def identify(kind: str, iri: str) -> strawberry.ID:
    """Make an identifier.

    >>> kind_of(identify("Thing", "https://buddy.example/#us"))
    ('Thing', rdflib.term.URIRef('https://buddy.example/#us'))
    """
    return strawberry.ID(base64.urlsafe_b64encode(f"{kind} {iri}".encode()).decode().rstrip("="))


def kind_of(identifier: str) -> tuple[str, URIRef]:
    """Tell what an identifier stands for, if it is one that the registry has given.

    >>> kind_of("7")
    Traceback (most recent call last):
    registry.errors.InvalidDataError: '7' is no identifier of the registry. Take it from the field id.
    """
    try:
        text = base64.urlsafe_b64decode(identifier + "=" * (-len(identifier) % QUANTUM)).decode()
    except (ValueError, binascii.Error):
        text = ""
    kind, _, iri = text.partition(" ")
    if kind not in Node.KINDS or identify(kind, iri) != identifier:
        raise InvalidDataError(
            "unknown-identifier",
            "'{identifier}' is no identifier of the registry. Take it from the field id.",
            identifier=identifier,
        )
    return kind, iri_of(iri)

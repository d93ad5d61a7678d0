"""What the ledger knows of a document that readers see, as statements of the graph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from rdflib import RDF, XSD, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV

from registry.vocabulary import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.graph.store import Statement
    from registry.ledger import Publication

__all__ = ["account"]

UNFIT: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
"""What no IRI holds (SPARQL 1.1, rule 139)."""


def account(publication: Publication) -> Iterator[Statement]:
    """Tell where a document came from, and which version of it readers see since when.

    >>> from datetime import UTC, datetime
    >>> from registry.ledger import Publication
    >>> source, address = "https://buddy.example/gent", "https://buddy.example/gent.ttl"
    >>> told = account(Publication(source, "c0ffee", address, 412, datetime(2026, 11, 21, tzinfo=UTC)))
    >>> for _, _, value in told:
    ...     print(value)
    http://www.w3.org/ns/prov#Entity
    2026-11-21T00:00:00+00:00
    sha256:c0ffee
    412
    https://buddy.example/gent.ttl
    """
    source = URIRef(publication.source)
    yield source, RDF.type, PROV.Entity
    yield source, PROV.generatedAtTime, Literal(publication.time.isoformat(), datatype=XSD.dateTime)
    yield source, DCTERMS.identifier, Literal(f"sha256:{publication.digest}")
    yield source, SCHEMA.position, Literal(publication.position)
    if publication.address:
        address = UNFIT.sub(lambda found: quote(found[0]), publication.address)
        yield source, PROV.hadPrimarySource, URIRef(address)

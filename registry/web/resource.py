"""One address for people and programs: the format that a reader prefers decides what stands there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from fastapi.responses import RedirectResponse, Response
from rdflib import OWL, RDF, RDFS, XSD, Graph
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, SH, SKOS

import ontology
from registry.formats import Format, negotiate
from registry.vocabulary import CODE, CPSV, CRITERIA, CV, KOEPEL, SCHEMA
from registry.web.problem import NotAcceptableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import Request

__all__ = ["FORMATS", "represent", "write"]

FORMATS: Final = (Format.TURTLE, Format.JSON_LD, Format.N_TRIPLES, Format.RDF_XML)
HTML: Final = "text/html"
VARY: Final = {"vary": "accept, accept-language"}
WRITERS: Final = {
    Format.TURTLE: "turtle",
    Format.JSON_LD: "json-ld",
    Format.N_TRIPLES: "nt",
    Format.RDF_XML: "xml",
}


def represent(request: Request, statements: Callable[[], Graph], page: str) -> Response:
    """Lead people to the page, and give programs the statements; in doubt, people come first."""
    accept = request.headers.get("accept")
    chosen = negotiate(accept, [HTML, *(one.media_type for one in FORMATS)])
    if chosen is None:
        raise not_acceptable()
    if chosen == HTML:
        return RedirectResponse(page, 303, VARY)
    return write(statements(), Format.from_media_type(chosen))


def write(graph: Graph, wanted: Format | None) -> Response:
    """Write statements down in a format."""
    if wanted not in FORMATS:
        raise not_acceptable()
    for prefix, namespace in _prefixes().items():
        graph.bind(prefix, namespace)
    data = graph.serialize(format=WRITERS[wanted], encoding="utf-8", auto_compact=True)
    return Response(data, media_type=wanted.media_type, headers={**VARY, "access-control-allow-origin": "*"})


def not_acceptable() -> NotAcceptableError:
    """Say which formats there are."""
    offered = ", ".join((HTML, *(one.media_type for one in FORMATS)))
    return NotAcceptableError("no-such-format", "This can be had as: {offered}.", offered=offered)


@cache
def _prefixes() -> dict[str, str]:
    """Name the namespaces as the documents of the examples do: each code list has a prefix of its own."""
    lists = {path.stem: f"{CODE}{path.stem}/" for path in ontology.codelist_files()}
    others = {
        "code": CODE,
        "cpsv": CPSV,
        "crit": CRITERIA,
        "cv": CV,
        "dct": DCTERMS,
        "foaf": FOAF,
        "koepel": KOEPEL,
        "org": ORG,
        "owl": OWL,
        "prov": PROV,
        "rdf": RDF,
        "rdfs": RDFS,
        "schema": SCHEMA,
        "sh": SH,
        "skos": SKOS,
        "xsd": XSD,
    }
    return lists | {prefix: str(namespace) for prefix, namespace in others.items()}

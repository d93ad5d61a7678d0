"""One address for people and programs: the format that a reader prefers decides what stands there."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Path
from fastapi.responses import RedirectResponse, Response
from rdflib import OWL, RDF, RDFS, XSD, Graph
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, SH, SKOS

import ontology
from registry.formats import Format, negotiate
from registry.graph.term import written
from registry.vocabulary import CODE, CPSV, CRITERIA, CV, KOEPEL, SCHEMA
from registry.web.problem import NotAcceptableError, problems

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import Request

__all__ = ["FILE", "FORMATS", "HTML", "RESOURCE", "VARY", "Extension", "not_acceptable", "represent", "write"]

FORMATS: Final = (Format.TURTLE, Format.JSON_LD, Format.N_TRIPLES, Format.RDF_XML)
HTML: Final = "text/html"
VARY: Final = {"vary": "accept, accept-language"}
RESOURCE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The statements.", "content": {one.media_type: {} for one in FORMATS}},
    303: {"description": "To the page, for people."},
    **problems(404, 406),
}
"""How an address answers that has statements for programs and a page for people."""
FILE: Final = {status: answer for status, answer in RESOURCE.items() if status != HTTPStatus.SEE_OTHER}
"""How an address answers whose ending names the format."""
Extension = Annotated[str, Path(description="The ending that names the format.", examples=["ttl"])]


def represent(request: Request, statements: Callable[[], Graph], page: str) -> Response:
    """Lead people to the page, and give programs the statements; in doubt, people come first.

    Args:
        request: What the reader sent; its `Accept` header decides.
        statements: Makes the statements, where they are wanted.
        page: The address of the page, in the state that the reader asked for.
    """
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
    if wanted is Format.TURTLE:  # of these, rdflib's Turtle is the one that people read most easily
        for prefix, namespace in _prefixes().items():
            graph.bind(prefix, namespace, replace=True)
        data = graph.serialize(format="turtle", encoding="utf-8")
        return Response(data, media_type=wanted.media_type, headers=VARY)
    try:
        data = written(graph, wanted.media_type, _prefixes())
    except ValueError as error:
        raise NotAcceptableError(
            "not-in-format",
            "{format} has no way to say what stands here. Take another format: {offered}.",
            format=wanted.label,
            offered=", ".join(one.media_type for one in FORMATS if one is not wanted),
        ) from error
    return Response(data, media_type=wanted.media_type, headers=VARY)


def not_acceptable(*others: str) -> NotAcceptableError:
    """Say which formats there are, beside others that only this address has."""
    offered = ", ".join((HTML, *others, *(one.media_type for one in FORMATS)))
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

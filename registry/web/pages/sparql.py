"""The SPARQL endpoint for programs, and a page on which people can ask the same questions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from registry.errors import InvalidDataError, KoepelError, NotAllowedError
from registry.formats import negotiate
from registry.graph.query import Wanted
from registry.translation import explain
from registry.web.address import with_query
from registry.web.language import Language, Preferred
from registry.web.problem import NotAcceptableError, tell
from registry.web.render import render
from registry.web.site import Here

__all__ = ["router"]

router = APIRouter()

JSON: Final = "application/sparql-results+json"
TABLES: Final = {
    "json": JSON,
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
#: What clients ask for who know no media type of SPARQL.
ALSO_CALLED: Final = {"application/json": JSON, "application/xml": TABLES["xml"]}
GRAPHS: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
EXAMPLES: Final = Path(__file__).parents[1] / "examples"
MOST_ROWS: Final = 1000
"""As many rows as a page shows; the file holds them all."""


@router.get("/sparql", response_model=None)
def endpoint(request: Request, site: Here, language: Preferred, query: str = Query("")) -> Response:
    """Answer a query (SPARQL 1.1 Protocol, section 2.1.1), in the format that the reader prefers.

    A browser is led to the page in its language.
    """
    accept = request.headers.get("accept")
    table = negotiate(accept, [*TABLES.values(), *ALSO_CALLED, "text/html"])
    graph = negotiate(accept, [*GRAPHS.values(), "text/html"])
    if "text/html" in {table, graph} or not query:
        return RedirectResponse(with_query(f"/{language}/sparql", {"query": query}), 303, {"vary": "accept"})
    if table is None and graph is None:
        return tell(request, _not_acceptable())
    return _answer(request, site, query, Wanted(ALSO_CALLED.get(table or "", table), graph))


@router.get("/sparql.{extension}", response_model=None)
def download(request: Request, site: Here, extension: str, query: str) -> Response:
    """Answer a query in the format that the address names."""
    if extension not in TABLES and extension not in GRAPHS:
        return tell(request, _not_acceptable())
    return _answer(request, site, query, Wanted(TABLES.get(extension), GRAPHS.get(extension)))


def _answer(request: Request, site: Any, query: str, wanted: Wanted) -> Response:
    try:
        answer = site.endpoint.answer(query, wanted)
    except KoepelError as error:
        return tell(request, *_as_protocol(error))
    headers = {"vary": "accept", "access-control-allow-origin": "*"}
    return Response(answer.data, media_type=answer.media_type, headers=headers)


def _as_protocol(error: KoepelError) -> tuple[KoepelError, int]:
    """Malformed queries are answered with 400 (SPARQL 1.1 Protocol, section 2.1.6)."""
    if error.code == "no-such-format":
        return _not_acceptable(), NotAcceptableError.status
    return error, 400 if isinstance(error, InvalidDataError | NotAllowedError) else error.status


def _not_acceptable() -> NotAcceptableError:
    offered = ", ".join((*TABLES.values(), *GRAPHS.values()))
    return NotAcceptableError("no-such-format", "This can be had as: {offered}.", offered=offered)


@router.get("/{language}/sparql")
def page(request: Request, site: Here, language: Language, query: str = Query("")) -> HTMLResponse:
    """Show a form for a query, and its answer."""
    answer, problem = None, None
    if query.strip():
        try:
            answer = site.endpoint.answer(query, Wanted(JSON, "text/turtle"))
        except KoepelError as error:
            problem = error
    return render(
        request,
        site,
        language,
        "sparql",
        status=200 if problem is None else _as_protocol(problem)[1],
        query=query,
        problem=explain(problem, language.value) if problem else "",
        result=json.loads(answer.data) if answer and answer.media_type == JSON else None,
        graph=answer.data.decode() if answer and answer.media_type != JSON else "",
        most_rows=MOST_ROWS,
        examples=_examples(),
    )


@dataclass(frozen=True)
class Example:
    """A question that readers can begin with."""

    title: str
    text: str


@cache
def _examples() -> tuple[Example, ...]:
    """Read the examples; the first line of each says in words what it asks."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.rq"))]
    return tuple(Example(text.partition("\n")[0].lstrip("# "), text) for text in texts)

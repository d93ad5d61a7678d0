"""A page on which people can ask the graph what programs ask at the SPARQL endpoint."""

from __future__ import annotations

import json
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from starlette.requests import ClientDisconnect

from registry.errors import KoepelError
from registry.sparql.protocol import Asked
from registry.sparql.question import JSON, TURTLE, Wanted
from registry.sparql.refusal import answer_too_large
from registry.translation import explain
from registry.web.language import Language
from registry.web.pages import sparql_endpoint
from registry.web.pages.sparql_endpoint import GONE, begin, status_of
from registry.web.render import render
from registry.web.site import Here, Site

if TYPE_CHECKING:
    from registry.sparql.answer import Answer
    from registry.sparql.delegation import Account

__all__ = ["router"]

router = APIRouter()
router.include_router(sparql_endpoint.router)

EXAMPLES: Final = Path(__file__).parents[1] / "examples"
MOST_ROWS: Final = 1000
"""As many rows as a page shows; the file holds them all."""
MOST_BYTES: Final = 2_000_000
"""What is larger is no page, but a file."""
FILES: Final = {
    JSON: (("csv", "CSV"), ("json", "JSON"), ("xml", "XML"), ("tsv", "TSV")),
    TURTLE: (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples")),
}


@dataclass(frozen=True)
class Shown:
    """What a page shows of an answer: a table, a truth value, or the text of a graph."""

    result: dict[str, Any] | None = None
    graph: str = ""
    files: tuple[tuple[str, str], ...] = ()
    """The formats in which it can be had as a file: the ending, and what it is called."""
    problem: KoepelError | None = None
    """What is in the way."""
    accounts: tuple[Account, ...] = ()
    """Which peers were asked for it, and what each of them brought."""


@router.get("/{language}/sparql", include_in_schema=False)
async def page(request: Request, site: Here, language: Language, query: str = Query("")) -> Response:
    """Show a form for a query, and its answer."""
    try:
        shown = await _ask(request, site, query) if query.strip() else Shown()
    except KoepelError as error:
        shown = Shown(problem=error)
    except ClientDisconnect:
        return Response(status_code=GONE)
    return await run_in_threadpool(_page, request, site, language, query, shown)


async def _ask(request: Request, site: Site, query: str) -> Shown:
    answer = await begin(request, site, Asked(query), Wanted())
    async with aclosing(answer):
        shown = await _read(answer)
    return replace(shown, accounts=answer.accounts)


async def _read(answer: Answer) -> Shown:
    data = await answer.whole(MOST_BYTES)
    if data is None:
        return Shown(files=FILES[answer.media_type], problem=answer_too_large(MOST_BYTES))
    if answer.media_type == JSON:
        result = await run_in_threadpool(json.loads, data)
        return Shown(result=result, files=FILES[JSON])
    return Shown(graph=data.decode(), files=FILES[TURTLE])


def _page(request: Request, site: Site, language: Language, query: str, shown: Shown) -> HTMLResponse:
    problem = shown.problem
    return render(
        request,
        site,
        language,
        "sparql",
        status=status_of(problem) if problem else 200,
        query=query,
        problem=explain(problem, language.value) if problem else "",
        shown=shown,
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

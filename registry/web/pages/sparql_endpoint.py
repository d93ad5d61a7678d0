"""The SPARQL endpoint, for programs (SPARQL 1.1 Protocol, the part about queries)."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response
from starlette.requests import ClientDisconnect

from registry.errors import InvalidDataError, KoepelError, NotAllowedError
from registry.formats import negotiate
from registry.sparql.description import Service
from registry.sparql.protocol import DIRECT, FORM, Asked, read_address, read_post
from registry.sparql.question import JSON, Wanted
from registry.sparql.refusal import too_long
from registry.web.address import in_state, with_query
from registry.web.header import PEERS
from registry.web.language import Preferred
from registry.web.problem import NotAcceptableError, problems, tell
from registry.web.site import Here, Site
from registry.web.streaming import StreamedAnswer, unless_gone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from registry.sparql.answer import Answer
    from registry.sparql.delegation import Account

__all__ = ["GRAPHS", "TABLES", "begin", "router", "status_of"]

router = APIRouter(tags=["Query"])

TABLES: Final = {
    "json": JSON,
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPHS: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
#: What clients ask for who know no media type of SPARQL.
ALSO_CALLED: Final = {"application/json": JSON, "application/xml": TABLES["xml"], "text/xml": TABLES["xml"]}
HTML: Final = "text/html"
VARY: Final = {"vary": "accept", "cache-control": "no-cache"}
ALLOWED: Final = {"allow": "GET, HEAD, POST, OPTIONS"}
GONE: Final = 499
"""What the log says of a reader who did not wait for the answer; nobody gets to see it."""
ENVELOPE: Final = 65_536
"""So many bytes may surround a query that is sent as a form."""
LONGEST_BODY: Final = 33_554_432
"""So many bytes are taken in, also of what is refused: who is still sending does not hear the refusal."""
STATUS: Final = {
    "query-too-long": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "answer-too-large": HTTPStatus.UNPROCESSABLE_ENTITY,
    "query-too-big": HTTPStatus.UNPROCESSABLE_ENTITY,
    "query-media-type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "too-many-of-one": HTTPStatus.TOO_MANY_REQUESTS,
    "no-such-format": HTTPStatus.NOT_ACCEPTABLE,
}
"""The status of problems that say more about the query than their kind does."""
TRANSIENT: Final = frozenset({"too-many-of-one", "too-many-queries"})
RETRY: Final = {"retry-after": "2"}
#: Functions that give something else each time (SPARQL 1.1, sections 17.4.2, 17.4.4 and 17.4.5).
VOLATILE: Final = re.compile(r"(?:NOW|RAND|UUID)\s*\(|\\u", re.IGNORECASE)

TEXT: Final = {"schema": {"type": "string"}}
NAMES: Final = {"schema": {"type": "array", "items": {"type": "string"}}, "in": "query"}
EXAMPLE: Final = "SELECT ?thing WHERE { ?thing a <https://w3id.org/koepel/def#Project> } LIMIT 10"
ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "What the query brings.",
        "content": {one: {} for one in (*TABLES.values(), *GRAPHS.values())},
    },
    **problems(400, 406, 413, 422, 429, 502),
}
IN_ADDRESS: Final[dict[str, Any]] = {
    "parameters": [
        {"name": "query", "in": "query", "description": "The query.", "example": EXAMPLE, **TEXT},
        {"name": "default-graph-uri", "description": "Instead of what the query names with FROM.", **NAMES},
        {"name": "named-graph-uri", "description": "Instead of what it names with FROM NAMED.", **NAMES},
    ]
}
IN_BODY: Final[dict[str, Any]] = {
    "parameters": IN_ADDRESS["parameters"][1:],
    "requestBody": {
        "required": True,
        "content": {
            DIRECT: {**TEXT, "example": EXAMPLE},
            FORM: {
                "schema": {"type": "object", "properties": {"query": TEXT["schema"]}, "required": ["query"]}
            },
        },
    },
}


@router.get(
    "/sparql",
    response_model=None,
    responses={
        **ANSWERS,
        303: {"description": "To the page, for people."},
        304: {"description": "As before."},
    },
    openapi_extra=IN_ADDRESS,
)
async def get(request: Request, site: Here, language: Preferred) -> Response:
    """Answer a query that stands in the address; without one, say what can be asked here and what there is.

    A browser is led to the page in its language.
    """
    accept = request.headers.get("accept")
    try:
        asked = read_address(request.scope["query_string"])
        if asked.query is None:
            return await _describe(request, site, language)
        if not (asked.default_graphs or asked.named_graphs) and _prefers_page(accept):
            page = with_query(f"/{language}/sparql", {"query": asked.query})
            return RedirectResponse(site.at(page), HTTPStatus.SEE_OTHER, VARY)
        return await _answer(request, site, asked, _wanted(accept))
    except KoepelError as error:
        return _told(request, error)


@router.post(
    "/sparql",
    response_model=None,
    responses={**ANSWERS, **problems(415)},
    openapi_extra=IN_BODY,
)
async def post(request: Request, site: Here) -> Response:
    """Answer a query that was sent as a form or as it is."""
    try:
        body = await _body(request, site.pool.limits.query_characters)
        kind = request.headers.get("content-type", "")
        asked = await asyncio.to_thread(read_post, request.scope["query_string"], kind, body)
        return await _answer(request, site, asked, _wanted(request.headers.get("accept")))
    except KoepelError as error:
        return _told(request, error)


@router.api_route("/sparql", methods=["OPTIONS"], include_in_schema=False)
def options() -> Response:
    """Tell how one can ask."""
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=ALLOWED)


@router.api_route("/sparql", methods=["PUT", "PATCH", "DELETE"], include_in_schema=False)
def others(request: Request) -> Response:
    """Refuse to be changed."""
    error = InvalidDataError(
        "refused", "This cannot be done here ({reason}).", reason=HTTPStatus.METHOD_NOT_ALLOWED.phrase
    )
    return tell(request, error, HTTPStatus.METHOD_NOT_ALLOWED, ALLOWED)


@router.get("/sparql.{extension}", response_model=None, responses=ANSWERS, openapi_extra=IN_ADDRESS)
async def download(
    request: Request, site: Here, extension: Annotated[str, Path(examples=["csv"])]
) -> Response:
    """Answer a query in the format that the address names."""
    try:
        if extension not in TABLES and extension not in GRAPHS:
            raise _not_acceptable()
        asked = read_address(request.scope["query_string"])
        return await _answer(request, site, asked, Wanted(TABLES.get(extension), GRAPHS.get(extension)))
    except KoepelError as error:
        return _told(request, error)


async def begin(request: Request, site: Site, asked: Asked, wanted: Wanted) -> Answer:
    """Begin to answer a query of the reader who sent a request, unless that reader leaves.

    A reader who speaks HTTP/1.0 could not tell a part from the whole, and so gets only what is all there.
    """
    beginning = site.pool.answer(
        site.snapshot,
        asked.query or "",
        wanted,
        client=getattr(request.state, "client", ""),
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
    answer = await unless_gone(request.receive, beginning)
    if request.scope["http_version"] == "1.0":
        try:
            await unless_gone(request.receive, answer.completed())
        except BaseException:
            await answer.aclose()
            raise
    return answer


def status_of(error: KoepelError) -> int:
    """Give the status of a problem: 400 for what is no query, or none that is taken (section 2.1.6)."""
    is_no_query = isinstance(error, InvalidDataError | NotAllowedError)
    return STATUS.get(error.code, HTTPStatus.BAD_REQUEST if is_no_query else error.status)


async def _answer(request: Request, site: Site, asked: Asked, wanted: Wanted) -> Response:
    tag = _tag(site, asked, wanted) if request.method == "GET" else None
    headers = {**VARY, **({"etag": tag} if tag else {})}
    if tag and _is_known(tag, request):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    try:
        answer = await begin(request, site, asked, wanted)
    except ClientDisconnect:
        return Response(status_code=GONE)
    peers = {PEERS: _told_of(answer.accounts)} if answer.accounts else {}
    return StreamedAnswer(answer, {**headers, **peers})


def _told_of(accounts: Iterable[Account]) -> str:
    """Name the peers that were asked, each with what it brought: a list of Structured Fields (RFC 9651)."""
    return ", ".join(
        f'"{one.peer}";rows={one.rows}' + (f';snapshot="{one.snapshot}"' if one.snapshot else "")
        for one in accounts
    )


async def _describe(request: Request, site: Site, language: str) -> Response:
    wanted = negotiate(request.headers.get("accept"), [*GRAPHS.values(), HTML])
    if wanted is None:
        raise _not_acceptable()
    if wanted == HTML:
        return RedirectResponse(site.at(f"/{language}/sparql"), HTTPStatus.SEE_OTHER, VARY)
    base, snapshot = str(request.base_url), site.snapshot
    endpoint, dataset = in_state(f"{base}sparql", site.asked), in_state(base, snapshot.name)
    headers = {**VARY, "etag": _hashed(snapshot.name, endpoint, wanted)}
    if _is_known(headers["etag"], request):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    service = Service(endpoint, dataset, snapshot, calls_peers=bool(site.pool.peers.addresses))
    return Response(await site.pool.describe(service, site.store, wanted), 200, headers, wanted)


def _prefers_page(accept: str | None) -> bool:
    return HTML in {negotiate(accept, [*formats.values(), HTML]) for formats in (TABLES, GRAPHS)}


def _wanted(accept: str | None) -> Wanted:
    table = negotiate(accept, [*TABLES.values(), *ALSO_CALLED])
    graph = negotiate(accept, [*GRAPHS.values()])
    if table is None and graph is None:
        raise _not_acceptable()
    return Wanted(ALSO_CALLED.get(table or "", table), graph)


def _tag(site: Site, asked: Asked, wanted: Wanted) -> str | None:
    """Name an answer by all that it depends on, unless it depends on chance, the clock or other servers."""
    query = asked.query or ""
    if VOLATILE.search(query) or site.pool.peers.may_be_called(query):
        return None
    graphs = (asked.default_graphs, asked.named_graphs)
    return _hashed(site.snapshot.name, query, json.dumps(graphs), wanted.table, wanted.graph)


def _hashed(*parts: str | None) -> str:
    """Make a weak entity tag: the order of rows may differ, and so does a compressed answer."""
    return f'W/"{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]}"'


def _is_known(tag: str, request: Request) -> bool:
    """Tell whether the reader has the answer already (RFC 9110, section 13.1.2)."""
    known = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    return "*" in known or tag.removeprefix("W/") in {one.removeprefix("W/") for one in known}


async def _body(request: Request, longest: int) -> bytes:
    """Take in what is sent: at most as many bytes as the longest query can have in UTF-8."""
    data, size, most = bytearray(), 0, 4 * longest + ENVELOPE
    async for part in request.stream():
        size += len(part)
        if size <= most:
            data += part
        elif size > LONGEST_BODY:
            break
    if size > most:
        raise too_long(longest)
    return bytes(data)


def _told(request: Request, error: KoepelError) -> Response:
    if error.code == "no-such-format":
        error = _not_acceptable()
    headers: Mapping[str, str] = RETRY if error.code in TRANSIENT else {}
    return tell(request, error, status_of(error), headers)


def _not_acceptable() -> NotAcceptableError:
    offered = ", ".join((*TABLES.values(), *GRAPHS.values()))
    return NotAcceptableError("no-such-format", "This can be had as: {offered}.", offered=offered)

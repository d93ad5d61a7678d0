"""The address for GraphQL: answers for programs (GraphQL over HTTP), and an editor for people.

Whoever comes with a token may see and change what its account may. Nothing here looks at cookies, so that no
other site can make a browser change anything. An answer to somebody who has signed in is kept by no cache:
`registry.web.cors` sees to that.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.responses import Response

from registry.account.actor import Actor
from registry.errors import LimitError
from registry.formats import negotiate
from registry.graphql_api.answer import Question, answer
from registry.graphql_api.limit.bounds import Bounds
from registry.graphql_api.request import (
    JSON,
    LONGEST,
    LONGEST_SIGNED_IN,
    RESPONSE,
    read_address,
    read_body,
)
from registry.graphql_api.session import Session
from registry.web.account.entry import bearer
from registry.web.certification.place import desk_of
from registry.web.language import Language, Preferred
from registry.web.problem import NotAcceptableError, problems
from registry.web.render import render
from registry.web.site import Here, Site

__all__ = ["router"]

router = APIRouter(tags=["Query"])

HTML: Final = "text/html"
AT_ONCE: Final = 8
MOST_WAITING: Final = 64
VARY: Final = "accept, accept-language"
NOT_ALLOWED: Final = 405
#: The editor sets styles by script and carries its fonts within its style sheet.
POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "font-src 'self' data:",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
EXAMPLE: Final = """# Projects for refugees, and how many a country has
{
  projects(first: 5, filter: {targetGroup: "refugee"}) {
    totalCount
    nodes {
      title { value language }
      publisher { title { value } }
      partOf { title { value } }
      readiness { standard { token } basic }
    }
    facets(names: COUNTRY) { values { label count } }
    pageInfo { endCursor hasNextPage }
  }
}
"""
TEXT: Final = {"schema": {"type": "string"}}
SENT: Final = {
    "type": "object",
    "required": ["query"],
    "properties": {
        "query": {"type": "string", "description": "The question."},
        "variables": {"type": ["object", "null"], "description": "What its variables stand for."},
        "operationName": {"type": ["string", "null"], "description": "Which of its operations is meant."},
    },
}
GIVEN: Final = {
    "type": "object",
    "properties": {
        "data": {"type": ["object", "null"]},
        "errors": {"type": "array", "items": {"type": "object"}},
        "extensions": {"type": "object"},
    },
}
CONTENT: Final = {media_type: {"schema": GIVEN} for media_type in (RESPONSE, JSON)}
ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    **problems(401, 413, 415, 406),
    200: {"description": "The answer; what went wrong in a part of it stands in errors.", "content": CONTENT},
    400: {"description": "The question makes no sense or asks too much.", "content": CONTENT},
    405: {"description": "What changes something is sent by POST.", "content": CONTENT},
}
IN_ADDRESS: Final[dict[str, Any]] = {
    "parameters": [
        {"name": "query", "in": "query", "description": "The question.", "example": EXAMPLE, **TEXT},
        {"name": "variables", "in": "query", "description": "What its variables stand for, in JSON.", **TEXT},
        {"name": "operationName", "in": "query", "description": "Which operation is meant.", **TEXT},
    ]
}
IN_BODY: Final[dict[str, Any]] = {
    "requestBody": {"required": True, "content": {JSON: {"schema": SENT, "example": {"query": EXAMPLE}}}}
}


@router.get(
    "/graphql",
    response_model=None,
    responses={**ANSWERS, 304: {"description": "As before."}},
    openapi_extra=IN_ADDRESS,
)
async def get(request: Request, site: Here, language: Preferred) -> Response:
    """Answer a question that stands in the address; a browser gets an editor with it."""
    wanted = _wanted(request, RESPONSE, JSON, HTML)
    if wanted == HTML:
        return _editor(request, site, language)
    question = read_address(request.query_params)
    actor = await to_thread.run_sync(bearer, request)
    if actor.account:
        return await _answer(request, site, question, wanted, language, actor)
    tag = _tag(site, question, wanted, language)
    if tag in [one.strip() for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=_headers(tag))
    response = await _answer(request, site, question, wanted, language, actor)
    response.headers.update(_headers(tag))
    return response


@router.post("/graphql", response_model=None, responses=ANSWERS, openapi_extra=IN_BODY)
async def post(request: Request, site: Here, language: Preferred) -> Response:
    """Answer a question that was sent, or do what it asks for somebody who has signed in."""
    wanted = _wanted(request, RESPONSE, JSON)
    actor = await to_thread.run_sync(bearer, request)
    longest = LONGEST_SIGNED_IN if actor.account else LONGEST
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > longest:
            break  # reading on would only fill memory; the reader says that it is too large
    question = read_body(bytes(body), request.headers.get("content-type"), longest)
    return await _answer(request, site, question, wanted, language, actor)


async def _answer(
    request: Request, site: Site, question: Question, wanted: str, language: Language, actor: Actor
) -> Response:
    """Answer in a thread of its own, a few questions at a time, so that nobody else is held up."""
    turns = _turns(request)
    if turns.statistics().tasks_waiting >= MOST_WAITING:
        raise LimitError(
            "too-many-questions-at-once", "Too many questions wait already. Try again in a moment."
        )
    session = _session(request, site, language, actor)
    found = await to_thread.run_sync(answer, question, session, limiter=turns)
    request.state.snapshot = session.edition.snapshot
    text = json.dumps(found.response, ensure_ascii=False, separators=(",", ":"))
    headers = {"vary": VARY}
    if found.status == NOT_ALLOWED:
        headers["allow"] = "GET, HEAD, POST"
    return Response(
        text.encode("utf-8", errors="replace"),
        found.status if wanted == RESPONSE or found.status == NOT_ALLOWED else 200,
        headers,
        f"{wanted}; charset=utf-8",
    )


def _session(request: Request, site: Site, language: Language, actor: Actor) -> Session:
    chosen = site.settings
    bounds = Bounds(
        depth=chosen.graphql_depth,
        aliases=chosen.graphql_aliases,
        tokens=chosen.graphql_tokens,
        cost=chosen.graphql_cost,
        page=chosen.graphql_page,
    )
    others = None if site.asked else site.editions.get
    return Session(
        site.edition,
        site.ledger,
        bounds,
        others=others,
        language=language.value,
        desk=desk_of(request),
        actor=actor,
    )


def _turns(request: Request) -> CapacityLimiter:
    """Find what lets only a few questions of one application be answered at a time."""
    state = request.app.state
    if not hasattr(state, "graphql_turns"):
        state.graphql_turns = CapacityLimiter(AT_ONCE)
    turns: CapacityLimiter = state.graphql_turns
    return turns


def _wanted(request: Request, *offered: str) -> str:
    wanted = negotiate(request.headers.get("accept"), offered)
    if wanted is None:
        choices = ", ".join(offered)
        raise NotAcceptableError("no-such-format", "This can be had as: {offered}.", offered=choices)
    return wanted


def _tag(site: Site, question: Question, wanted: str, language: Language) -> str:
    """Name an answer: the same question to the same state has the same answer."""
    made_from = [site.snapshot.name, site.asked, wanted, language, question.text, question.operation]
    written = json.dumps([*made_from, question.variables], sort_keys=True)
    return f'W/"{hashlib.sha256(written.encode()).hexdigest()[:32]}"'


def _headers(tag: str) -> dict[str, str]:
    return {"etag": tag, "cache-control": "no-cache", "vary": VARY}


def _editor(request: Request, site: Site, language: Language) -> Response:
    """Show the editor, which comes with the software and calls no other server."""
    question = request.query_params.get("query") or EXAMPLE
    page = render(request, site, language, "graphiql", question=question, address=site.at("/graphql"))
    page.headers["content-security-policy"] = POLICY
    page.headers["vary"] = VARY
    return page

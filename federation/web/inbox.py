"""The inbox of the register: publishers say here that something has changed (Linked Data Notifications).

A program posts a notification in JSON-LD, a person presses the button on the page of a source. Either way the
register visits the source soon; what it finds there is what counts.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from typing import Annotated, Any, Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef

from federation.notebook import Notebook
from federation.notice.inbox import ACTIVITY_STREAMS, MOST_BYTES, Notification, Senders, read, take_in
from federation.notice.notify import tray_of
from federation.notice.status import status_address
from federation.notice.tray import Received, Tray
from federation.web.status import address_of
from registry.errors import InvalidDataError, KoepelError, NotFoundError
from registry.formats import Format, base_media_type, negotiate
from registry.web.language import Language, Preferred
from registry.web.problem import problems, tell
from registry.web.resource import FORMATS, not_acceptable, write
from registry.web.site import Premises, premises_of

__all__ = ["router"]

router = APIRouter(tags=["Notifications"])

LDP: Final = Namespace("http://www.w3.org/ns/ldp#")
AS2: Final = Namespace(ACTIVITY_STREAMS)
FORM: Final = "application/x-www-form-urlencoded"
JSON_TYPES: Final = ("application/ld+json", "application/activity+json", "application/json")
TEXT: Final = {"type": "string"}
EXAMPLE: Final = {
    "@context": "https://www.w3.org/ns/activitystreams",
    "type": "Update",
    "object": "https://buddy.example/profile.ttl",
}
BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            **{one: {"schema": {"type": "object"}, "example": EXAMPLE} for one in JSON_TYPES},
            FORM: {"schema": {"type": "object", "properties": {"address": TEXT, "language": TEXT}}},
        },
    }
}
STATUS: Final = {
    "notification-too-large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "notification-media-type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "notified-too-often": HTTPStatus.TOO_MANY_REQUESTS,
}
"""The status of problems that say more than their kind does."""
LISTING: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The statements.", "content": {one.media_type: {} for one in FORMATS}},
    **problems(404, 406),
}
RECEIVED: Final[dict[int | str, dict[str, Any]]] = {
    201: {"description": "It was taken in; the header Location says where it can be read."},
    303: {"description": "To the status of the source, for people."},
    **problems(400, 404, 413, 415, 422, 429),
}


@router.post("/inbox", status_code=201, response_class=Response, responses=RECEIVED, openapi_extra=BODY)
async def receive(request: Request, language: Preferred) -> Response:
    """Take in a notification that a source has changed; the source is then visited soon."""
    try:
        _senders().admit(request.state.client, datetime.now(UTC))
        data = await _body(request)
        kind = base_media_type(request.headers.get("content-type", ""))
        notification, chosen = _read(kind, data)
        received = await run_in_threadpool(_take_in, premises_of(request), notification)
    except KoepelError as error:
        again = {"retry-after": str(error.params["seconds"])} if "seconds" in error.params else {}
        return tell(request, error, STATUS.get(error.code), again)
    if (
        kind == FORM
        and negotiate(request.headers.get("accept"), [Format.JSON_LD.media_type, "text/html"]) == "text/html"
    ):
        page = status_address(received.source, (chosen or language).value)
        return RedirectResponse(f"{page}&told=true", 303)
    return Response(status_code=201, headers={"location": f"{address_of(request)}/inbox/{received.number}"})


@router.get("/inbox", response_class=Response, responses=LISTING)
def listing(request: Request) -> Response:
    """List the notifications that are kept, the newest first (Linked Data Platform container)."""
    address = f"{address_of(request)}/inbox"
    graph = Graph()
    graph.add((URIRef(address), RDF.type, LDP.Container))
    with Tray(tray_of(premises_of(request).home)) as tray:
        for one in tray.received():
            graph.add((URIRef(address), LDP.contains, URIRef(f"{address}/{one.number}")))
    return _written(request, graph)


@router.get("/inbox/{number}", response_class=Response, responses=LISTING)
def one(
    request: Request, number: Annotated[int, Path(description="Which notification.", ge=1, le=2**53)]
) -> Response:
    """Give one notification: what is kept of it."""
    with Tray(tray_of(premises_of(request).home)) as tray:
        found = next((one for one in tray.received() if one.number == number), None)
    if found is None:
        raise NotFoundError(
            "no-such-notification",
            "There is no notification {number}. Old ones are kept no longer.",
            number=number,
        )
    return _written(request, _described(found, f"{address_of(request)}/inbox/{number}"))


@cache
def _senders() -> Senders:
    return Senders()


async def _body(request: Request) -> bytes:
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > MOST_BYTES:
            break  # the reader says that it is too large
    return data


def _read(kind: str, data: bytes) -> tuple[Notification, Language | None]:
    """Read a notification, or a form in which a person names a source."""
    if kind in JSON_TYPES:
        return read(data), None
    if kind != FORM:
        raise InvalidDataError(
            "notification-media-type",
            "A notification is sent as {media_type}. A form with the field {field} will do too.",
            media_type=JSON_TYPES[0],
            field="address",
        )
    fields = (
        parse_qs(data[:MOST_BYTES].decode(errors="replace"), max_num_fields=10)
        if data.count(b"&") < 10
        else {}
    )
    address, chosen = fields.get("address", [""])[0].strip(), fields.get("language", [""])[0]
    if not address:
        raise InvalidDataError(
            "notification-empty", "Say in the field {field} what has changed.", field="address"
        )
    return Notification("Update", (address,)), Language(chosen) if chosen in set(Language) else None


def _take_in(premises: Premises, notification: Notification) -> Received:
    home = premises.home
    with Notebook(home.visits) as notebook, Tray(tray_of(home)) as tray:
        return take_in(notification, home.ledger, notebook, tray, datetime.now(UTC))


def _written(request: Request, graph: Graph) -> Response:
    offered = [Format.JSON_LD.media_type, *(one.media_type for one in FORMATS)]
    chosen = negotiate(request.headers.get("accept"), offered)
    if chosen is None:
        raise not_acceptable()
    return write(graph, Format.from_media_type(chosen))


def _described(found: Received, address: str) -> Graph:
    graph = Graph()
    notification = URIRef(address)
    graph.add((notification, RDF.type, AS2[found.activity]))
    graph.add((notification, AS2.object, URIRef(found.source)))
    graph.add((notification, AS2.published, Literal(found.time.isoformat(), datatype=XSD.dateTime)))
    return graph

"""Asks another registry, or whoever speaks the SPARQL protocol, and takes nothing on trust that comes back.

Time is limited as a whole: a server that sends one byte a second wins none. So is size; and a redirect may
lead to the same server only. Whatever goes wrong is a `PeerError` that names the peer, for whoever asked.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from enum import Enum
from http.client import HTTPException, HTTPResponse
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit

from SPARQLWrapper import CONSTRUCT, JSON, N3, POST, SELECT, SPARQLWrapper

from federation.line import Line
from registry.errors import NotAllowedError, PeerError
from registry.sparql.delegation import Peers, Reply, Table, read_statements, read_table

if TYPE_CHECKING:
    from registry.settings import Settings
    from registry.sparql.delegation import Ask, Statements

__all__ = ["Answer", "Kind", "Limits", "ask_peer", "endpoint", "peers_of"]

AGENT: Final = "koepel (+https://w3id.org/koepel)"
WRITABLE: Final = re.compile(r"[!-~]+")
NOT_IN_IRI: Final = re.compile(r'[<>"{}|\\^`]')
SNAPSHOT: Final = re.compile(r"[\w.:+-]{1,100}", re.ASCII)
REDIRECTS: Final = frozenset({301, 302, 307, 308})
MOST_REDIRECTS: Final = 5
BUSY: Final = frozenset({429, 503})
SHORTEST_PAUSE: Final = 0.2
PIECE: Final = 1 << 16
LONGEST_REASON: Final = 20_000


class Kind(Enum):
    """What a query gives, and in which format it is asked for."""

    TABLE = (SELECT, JSON, "application/sparql-results+json")
    """SELECT and ASK."""
    GRAPH = (CONSTRUCT, N3, "application/n-triples")
    """CONSTRUCT and DESCRIBE."""


@dataclass(frozen=True)
class Limits:
    """How far to go for one answer of one peer."""

    seconds: float = 10.0
    bytes: int = 20_000_000


@dataclass(frozen=True)
class Answer:
    """What a peer answered, from which of its states, and how long that took."""

    found: Table | bool | Statements
    snapshot: str
    seconds: float


def endpoint(address: str) -> str:
    """Say where a peer is asked: an address without a path gets that of a registry.

    >>> endpoint("https://registry.example")
    'https://registry.example/sparql'
    >>> endpoint("http://127.0.0.1:8001/sparql")
    'http://127.0.0.1:8001/sparql'
    """
    try:
        parts = urlsplit(address)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not (known and WRITABLE.fullmatch(address)) or NOT_IN_IRI.search(address) or {"@", "#"} & {*address}:
        raise NotAllowedError(
            "peer-address",
            "{address} is not the address of a peer. Give one that begins with https:// and holds no user "
            "name, such as https://registry.example/sparql.",
            address=re.sub(r"//[^/?#]*@", "//…@", address),
        )
    return address if parts.path.strip("/") or parts.query else f"{parts.scheme}://{parts.netloc}/sparql"


def ask_peer(address: str, query: str, kind: Kind, limits: Limits) -> Answer:
    """Put a query to a peer.

    A peer that is busy, and says when it will not be, is asked again if that is in time.

    Raises:
        PeerError: There is no answer that can be used.
    """
    begin, address = time.monotonic(), endpoint(address)
    with Line(limits.seconds) as line:
        try:
            with _answered(_Wrapper(address, query, kind, line)) as response:
                data = _read(response, address, limits)
        except (OSError, HTTPException, ValueError) as error:  # ValueError: a location that makes no sense
            if line.is_cut or isinstance(error, TimeoutError) or isinstance(_reason(error), TimeoutError):
                raise _too_slow(address, limits) from error
            raise _explained(address, error) from error
        if line.is_cut:  # what was read is only what came in time
            raise _too_slow(address, limits)
    found = _understood(address, data, kind, response.headers.get_content_type())
    return Answer(found, _snapshot(response), time.monotonic() - begin)


def peers_of(settings: Settings) -> Peers:
    """Give the peers that the settings name, and the way to ask them."""
    seconds = min(settings.peer_seconds, settings.query_seconds)
    return Peers(frozenset(map(endpoint, settings.peers)), _within(seconds), settings.peer_bytes)


def _within(seconds: float) -> Ask:
    """Make a way to ask peers for tables, each in no more than so many seconds."""

    def ask(address: str, query: str, most: int) -> Reply:
        answer = ask_peer(address, query, Kind.TABLE, Limits(seconds, most))
        if not isinstance(answer.found, Table):
            raise _nonsense(address, "a truth value and no table")
        return Reply(answer.found, answer.snapshot, answer.seconds)

    return ask


class _Wrapper(SPARQLWrapper):
    """Puts a query into a request, which then goes over a line of ours."""

    def __init__(self, address: str, query: str, kind: Kind, line: Line) -> None:
        form, answer_format, media_type = kind.value
        super().__init__(address, returnFormat=answer_format, agent=AGENT)
        self.setMethod(POST)
        self.setOnlyConneg(True)
        self.addCustomHttpHeader("Accept", media_type)
        # `setQuery` would look for the form with a pattern that takes very long for some texts.
        self.queryString, self.queryType = query, form
        self.line = line

    def _query(self) -> tuple[HTTPResponse, str]:
        return self.line.open(self._createRequest()), self.returnFormat


def _answered(wrapper: _Wrapper) -> HTTPResponse:
    """Wait for the head of the answer; follow a server that moved within itself, and wait for a busy one."""
    redirects = 0
    while True:
        try:
            response = wrapper.query().response
        except HTTPError as error:
            with error:
                if error.code in REDIRECTS and redirects < MOST_REDIRECTS:
                    redirects += 1
                    wrapper.endpoint = _moved(wrapper.endpoint, error)
                elif (pause := _pause(error)) is not None and pause < wrapper.line.left:
                    time.sleep(pause)
                else:
                    raise _refused(wrapper.endpoint, error) from error
        else:
            return response


def _moved(here: str, error: HTTPError) -> str:
    """Say where a redirect leads, unless it leaves the server or gives up encryption."""
    there = urljoin(here, error.headers.get("location", ""))
    old, new = urlsplit(here), urlsplit(there)
    same = old.netloc == new.netloc and old.scheme == new.scheme
    upgraded = (old.scheme, new.scheme) == ("http", "https") and old.netloc == new.netloc == old.hostname
    if not (same or upgraded):
        raise PeerError(
            "peer-moved",
            "{peer} leads elsewhere, to {location}, and such a change is not followed. Give the new address "
            "if you trust it.",
            peer=here,
            location=there,
        )
    return endpoint(there)


def _pause(error: HTTPError) -> float | None:
    """Read for how long a busy server wants to be left alone; it is for a moment at least."""
    wanted = error.headers.get("retry-after", "")
    known = error.code in BUSY and re.fullmatch(r"\d{1,4}", wanted, re.ASCII)
    return max(SHORTEST_PAUSE, float(wanted)) if known else None


def _read(response: HTTPResponse, address: str, limits: Limits) -> bytes:
    data = bytearray()
    while part := response.read(min(PIECE, limits.bytes + 1 - len(data))):
        data += part
        if len(data) > limits.bytes:
            raise PeerError(
                "peer-too-large",
                "{peer} answered with more than {limit} bytes, which is not taken in. Ask for less, or add a "
                "LIMIT.",
                peer=address,
                limit=limits.bytes,
            )
    if response.length:  # so many are still missing
        raise HTTPException("it broke off in the middle of its answer")
    return bytes(data)


def _understood(address: str, data: bytes, kind: Kind, media_type: str) -> Table | bool | Statements:
    try:
        if kind is Kind.TABLE:
            return read_table(data)
        if media_type != Kind.GRAPH.value[2]:  # nothing at all would pass for a graph without statements
            raise ValueError("it is no N-Triples")
        return read_statements(data)
    except ValueError as error:
        raise _nonsense(address, f"{media_type}: {error}") from error


def _snapshot(response: HTTPResponse) -> str:
    """Read the name of the state that an answer was made from; it is sent on, and so must be plain."""
    name = response.headers.get("koepel-snapshot", "")
    return name if SNAPSHOT.fullmatch(name) else ""


def _reason(error: BaseException) -> object:
    return error.reason if isinstance(error, URLError) else error


def _explained(address: str, error: Exception) -> PeerError:
    return PeerError(
        "peer-unreachable",
        "{peer} could not be asked: {reason}. Check the address; if it is right, try again later.",
        peer=address,
        reason=str(_reason(error)) or type(error).__name__,
    )


def _too_slow(address: str, limits: Limits) -> PeerError:
    return PeerError(
        "peer-too-slow",
        "{peer} did not answer in full within {seconds} seconds. Ask for less, or try again later.",
        peer=address,
        seconds=f"{limits.seconds:g}",
    )


def _nonsense(address: str, reason: str) -> PeerError:
    return PeerError(
        "peer-nonsense",
        "{peer} answered, but not with a result of SPARQL ({reason}). Check that this is the address for "
        "queries; if it is, tell those who run it.",
        peer=address,
        reason=reason,
    )


def _refused(address: str, error: HTTPError) -> PeerError:
    return PeerError(
        "peer-refused",
        "{peer} refused the question with status {status} ({reason}). Change the question, or ask those who "
        "run the peer.",
        peer=address,
        status=error.code,
        reason=_detail(error.read(LONGEST_REASON)) or error.reason,
    )


def _detail(data: bytes) -> str:
    """Find what a problem document (RFC 9457) says for people."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    detail = document.get("detail") if isinstance(document, dict) else None
    return detail if isinstance(detail, str) else ""

"""Everything that a registry says to somebody who has nothing to do with a case."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from itertools import product
from urllib.parse import quote, urljoin, urlsplit

from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from starlette.routing import Match, Route

from federation import web as federation
from registry.account.account import find_account
from registry.account.office import Office
from registry.account.session import begin_session
from registry.account.vault import Vault
from registry.label.issuer import Issuer
from registry.label.keys.keyring import Keyring
from registry.settings import Settings
from registry.web import account, certification, label
from registry.web.app import create_app
from registry.web.pages import ROUTERS
from tests.registry.certification.secret import Secret
from tests.registry.certification.town import ADDRESS, BODY, OTHER_BODY, SOURCE

__all__ = ["Gathered", "Log", "listening", "opened", "routes"]

LINK = re.compile(r'(?:href|src|action)="([^"#]+)')
FEED = re.compile(rf"<({re.escape(ADDRESS)}/feed/[^#>]+)")
MOST_OF_A_KIND = 3
"""So many pages of one route are followed: most are terms of the vocabulary, and look alike."""
FORMS = ("text/html", "text/turtle")
EVERYTHING = "CONSTRUCT { ?s ?p ?o } { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o } }"


class Log(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        """Begin."""
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line, with all that goes with it."""
        self.lines.append(f"{record.getMessage()} {vars(record)}")


@dataclass
class Gathered:
    """A reader who asks for everything, and keeps the answers by the address."""

    client: TestClient
    secret: Secret
    answers: dict[str, bytes] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)

    def get(self, path: str, accept: str = "*/*") -> Response:
        """Ask for something; a number that stands in the question may stand in the answer."""
        return self.keep(f"{path} {accept}", self.client.get(path, headers={"accept": accept}))

    def keep(self, name: str, answer: Response) -> Response:
        """Keep an answer with its headers."""
        head = "\n".join(f"{key}: {value}" for key, value in answer.headers.items())
        for place, held in ((name, answer.content), (f"headers of {name}", head.encode())):
            for case in (self.secret.refused, self.secret.prepared):
                held = held.replace(case.number.encode(), b"") if case.number in name else held
            self.answers[place] = held
        self.statuses[name] = answer.status_code
        return answer

    def crawl(self, first: str) -> None:
        """Follow all links of the site from a page on, a few of each kind."""
        waiting, seen, kinds = [first], {first}, dict[str, int]()
        while waiting:
            path = waiting.pop(0)
            answer = self.get(path, "text/html")
            found = [answer.headers["location"]] if "location" in answer.headers else []
            found += [unescape(one) for one in LINK.findall(answer.text)]
            for one in found:
                target = urljoin(path, one.removeprefix(ADDRESS))
                kind = self.kind(target)
                if target in seen or not kind or "/static/" in target:
                    continue
                seen.add(target)
                kinds[kind] = kinds.get(kind, 0) + 1
                if kinds[kind] <= MOST_OF_A_KIND:
                    waiting.append(target)

    def kind(self, address: str) -> str:
        """Name the route that an address leads to; empty for another site or another language."""
        parts = urlsplit(address)
        if parts.netloc or parts.path[:4] in ("/nl/", "/de/", "/ca/", "/es/", "/fr/"):
            return ""
        scope = {"type": "http", "method": "GET", "path": parts.path}
        return next((one.path for one in routes() if one.matches(scope)[0] is Match.FULL), "")

    @property
    def app(self) -> FastAPI:
        """The site."""
        app = self.client.app
        assert isinstance(app, FastAPI)
        return app

    def ask_every_route(self) -> None:
        """Ask every address for programs and people, with the names of what is hidden."""
        for one in routes():
            names = re.findall(r"{(\w+)(?::\w+)?}", one.path)
            for values in product(*(self.values()[name] for name in names)):
                path = one.path
                for name, value in zip(names, values, strict=True):
                    path = re.sub(rf"{{{name}(:\w+)?}}", value, path)
                for form in FORMS[: 1 if {"extension", "language"} & {*names} else len(FORMS)]:
                    self.get(path + QUERIES.get(one.path, ""), form)

    def follow_the_feed(self) -> None:
        """Read the stream of changes to its end."""
        waiting, seen = ["/feed"], {"/feed"}
        while waiting:
            text = self.get(waiting.pop()).text
            found = {one.removeprefix(ADDRESS) for one in FEED.findall(text)} - seen
            waiting += sorted(found)
            seen |= found

    def read_the_dumps(self) -> None:
        """Take every file of every dump."""
        for path in sorted((self.secret.town.folder / "dumps").glob("*/*")):
            self.get(f"/dumps/{path.parent.name}/{path.name}")

    def signed_in(self, name: str) -> TestClient:
        """Open the browser of somebody who has signed in."""
        with Vault(self.secret.town.home.folder) as vault:
            account = find_account(vault, self.secret.people[name].account)
            session = begin_session(vault, account, datetime.now(UTC))
        browser = TestClient(self.app, follow_redirects=False, headers={"accept": "text/html"})
        browser.cookies.set("__Host-koepel-session", session)
        return browser

    def values(self) -> dict[str, tuple[str, ...]]:
        """Say what can stand in the places of an address."""
        secret, slugs = self.secret, [one.partition("//")[2] for one in (BODY, OTHER_BODY)]
        numbers = (secret.label.number, secret.refused.number, secret.prepared.number)
        body = tuple(self.app.state.issuer.bodies())
        return {
            "number": numbers, "language": ("en",), "evidence": ("1", "2"), "sealed": ("x",),
            "version": ("v1",),
            "slug": (*body, quote(slugs[0], safe="")), "purpose": ("revocation", "suspension"),
            "extension": ("ttl", "nt", "nq", "jsonld", "json", "csv", "rdf", "atom", "html"),
            "token": ("cms",), "name": ("label-state/awarded",), "file": ("x",),
            "first": ("cms",), "second": ("impulse",), "scheme": ("label-state",), "concept": ("awarded",),
            "code": ("x",), "part": ("x",), "document": ("fictitious/complete-project",), "handle": ("x",),
            "nonce": ("1",), "position": ("1",), "size": ("10",), "ending": ("ttl", "md"),
        }  # fmt: skip


QUERIES = {
    "/sparql": f"?query={quote(EVERYTHING)}",
    "/sparql.{extension}": f"?query={quote(EVERYTHING)}",
    "/graphql": f"?query={quote('{ __schema { types { name description } } }')}",
    "/graphs": f"?graph={quote(SOURCE, safe='')}",
    "/graphs.{extension}": f"?graph={quote(SOURCE, safe='')}",
}


def routes() -> list[Route]:
    """List all that can be read."""
    routers = (*federation.ROUTERS, *account.ROUTERS, *certification.ROUTERS, *label.ROUTERS, *ROUTERS)
    found = [one for router in routers for one in _routes_of(router)]
    return [one for one in found if "GET" in (one.methods or ())]


def _routes_of(router: APIRouter) -> Iterator[Route]:
    for one in router.routes:
        inner = getattr(one, "original_router", None)  # of a router that was included in another
        if inner is not None:
            yield from _routes_of(inner)
        elif isinstance(one, Route):
            yield one


@contextmanager
def opened(secret: Secret) -> Iterator[tuple[Gathered, Log]]:
    """Open the site, and listen to what it logs."""
    desk, log = secret.town.desk, Log()
    chosen = Settings(
        home=desk.home.folder, address=ADDRESS, query_workers=1, key_passphrase=secret.passphrase
    )
    app = create_app(desk.home, chosen)
    app.state.desk, app.state.office = desk, Office(desk.home, ADDRESS)
    app.state.issuer = Issuer(desk, Keyring(desk.home.folder, secret.passphrase))
    with listening(log), TestClient(app, follow_redirects=False) as client:
        yield Gathered(client, secret), log


@contextmanager
def listening(log: Log) -> Iterator[None]:
    """Keep all that is logged meanwhile, however small."""
    loggers = [logging.getLogger(name) for name in ("registry", "federation")]
    before = [one.level for one in loggers]
    for one in loggers:
        one.addHandler(log)
        one.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        for one, level in zip(loggers, before, strict=True):
            one.removeHandler(log)
            one.setLevel(level)

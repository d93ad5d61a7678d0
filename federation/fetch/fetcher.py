"""Fetches documents from other people's servers, politely, and from nowhere else.

Time, size and redirects are limited, and every address on the way is vetted. Nothing in the environment
(proxies, netrc) changes where a request goes, and no cookies are kept.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Final

import httpx2

from federation.fetch.answer import Answer, as_fetched
from federation.fetch.backend import look_up
from federation.fetch.body import read_beginning, read_remnant, read_whole
from federation.fetch.deadline import Deadline
from federation.fetch.fault import BROKEN, as_unknown, told, unvisited
from federation.fetch.lane import Lanes
from federation.fetch.location import host_of, origin_of, redirect, web_address
from federation.fetch.policy import Policy
from federation.fetch.request import ACCEPT, conditions, encode, make_request
from federation.fetch.robots import AGENT, MOST_BYTES, Robots, Rules, Unknown, as_rules
from federation.fetch.turn import Turns
from registry.errors import KoepelError, NotAllowedError, PeerError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Collection
    from typing import Self

    import httpcore2

    from federation.fetch.answer import Fetched
    from federation.fetch.backend import LookUp
    from federation.fetch.body import Read

__all__ = ["Fetcher", "fetch"]

REDIRECTS: Final = {301, 302, 303, 307, 308}
REDIRECTS_OF_MESSAGES: Final = {307, 308}
"""The others turn a message into a question (RFC 9110, section 15.4)."""


class Fetcher:
    """Fetches documents and sends messages, for many threads at once, and keeps connections for the next.

    `look_up` and `context` say how names become addresses and which certificates are trusted.

    >>> with Fetcher(Policy(seconds=5)) as fetcher:
    ...     fetcher.fetch("a:b")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    registry.errors.NotAllowedError: a:b is not an address that documents are fetched from. Give one ...
    """

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        look_up: LookUp = look_up,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._policy = policy or Policy()
        self._lanes = Lanes(self._policy, look_up, context or _trusted())
        self._turns = Turns(self._policy.host_at_once)
        self._robots = Robots(self._ask_for_rules, self._policy.again_after)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lanes.close()

    def fetch(
        self,
        address: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str = ACCEPT,
        most: int = 0,
    ) -> Fetched:
        """Fetch a document, unless it is still the one that `etag` and `last_modified` stand for.

        It may be `most` bytes long where the policy would not allow that many, because it is no description.
        Raises `NotAllowedError` where the address may not be visited, `PeerError` where no document came, and
        `InvalidDataError` where it is too large or its compression is damaged.
        """
        policy, deadline, asked = (
            self._policy,
            Deadline(self._policy.seconds),
            conditions(etag, last_modified),
        )
        limit = max(policy.bytes, most)
        headers = encode(Accept=accept, Accept_Encoding="gzip, deflate", **asked)
        read = partial(read_whole, limit=limit)

        def ask(here: httpx2.URL) -> Answer:
            self._turns.require_open(host_of(here))
            pause = self._permission(here)
            with self._turns.take(host_of(here), pause):
                return self._ask(make_request(b"GET", here, headers), here, deadline, read)

        with told(address, policy.seconds):
            answer = self._follow(web_address(address, policy), ask, REDIRECTS)
        return as_fetched(answer, limit=limit, seconds=deadline.spent, conditional=bool(asked))

    def send(self, address: str, data: bytes, media_type: str) -> int:
        """Send a message to somebody's inbox and give the status of the answer, which is not read.

        The same limits hold as for a fetch. The site's robots.txt is not asked: an inbox wants messages.
        """
        policy, deadline = self._policy, Deadline(self._policy.seconds)
        headers = encode(Content_Type=media_type, Content_Length=str(len(data)))

        def ask(here: httpx2.URL) -> Answer:
            with self._turns.take(host_of(here), policy.host_pause):
                return self._ask(make_request(b"POST", here, headers, data), here, deadline, read_remnant)

        with told(address, policy.seconds):
            answer = self._follow(web_address(address, policy), ask, REDIRECTS_OF_MESSAGES)
        return _accepted(answer)

    def _follow(
        self, here: httpx2.URL, ask: Callable[[httpx2.URL], Answer], redirects: Collection[int]
    ) -> Answer:
        """Ask, and ask on where the server points elsewhere, as often as the policy allows."""
        there = here
        for _ in range(self._policy.redirects + 1):
            answer = ask(there)
            location = answer.location(redirects)
            if location is None:
                return answer
            there = redirect(there, location, self._policy)
        raise PeerError(
            "too-many-redirects",
            "{address} leads from one address to the next more than {limit} times. "
            "Give the address where it ends.",
            address=str(here),
            limit=self._policy.redirects,
        )

    def _ask(self, request: httpcore2.Request, here: httpx2.URL, deadline: Deadline, read: Read) -> Answer:
        """Put one question to one server, and remember if it wants to be left alone."""
        with self._lanes.take(origin_of(here)) as lane, lane.ask(request, deadline) as response:
            headers = httpx2.Headers(response.headers)
            body = (read if response.status == 200 else read_remnant)(response, headers)
            answer = Answer(here, response.status, headers, body)
        if answer.wait:
            self._turns.shut(host_of(here), answer.wait)
        return answer

    def _permission(self, here: httpx2.URL) -> float:
        """Give the pause that a site wants between two visits, unless it does not want this one."""
        policy, address = self._policy, str(here)
        if not policy.respect_robots:
            return policy.host_pause
        rules = self._robots.of(origin_of(here))
        if isinstance(rules, Unknown):
            raise unvisited(address, origin_of(here), rules)
        if rules.allow(address):
            return max(policy.host_pause, min(rules.pause, policy.longest_pause))
        raise NotAllowedError(
            "robots-disallow",
            "{address} is not fetched, because the file robots.txt of the site asks programs to stay away "
            "from it. Allow the program {agent} there, or publish the document at another address.",
            address=address,
            agent=AGENT,
        )

    def _ask_for_rules(self, origin: str) -> Rules | Unknown:
        """Read the robots.txt of a site (RFC 9309, section 2.3.1).

        Where there is none, everything is allowed; where the server is in trouble, nothing is for now.
        """
        deadline, headers = Deadline(self._policy.seconds), encode(Accept="text/plain")
        read = partial(read_beginning, limit=MOST_BYTES)

        def ask(here: httpx2.URL) -> Answer:
            return self._ask(make_request(b"GET", here, headers), here, deadline, read)

        try:
            answer = self._follow(httpx2.URL(f"{origin}/robots.txt"), ask, REDIRECTS)
        except BROKEN as error:
            return as_unknown(error)
        except KoepelError:  # it leads nowhere, or where nobody may go
            return Rules()
        return as_rules(answer.status, answer.body, answer.wait)


def fetch(
    address: str, *, policy: Policy | None = None, etag: str | None = None, last_modified: str | None = None
) -> Fetched:
    """Fetch a single document; for many, a `Fetcher` keeps connections and manners."""
    with Fetcher(policy) as fetcher:
        return fetcher.fetch(address, etag=etag, last_modified=last_modified)


def _accepted(answer: Answer) -> int:
    if 200 <= answer.status < 300:
        return answer.status
    error = PeerError(
        "message-refused",
        "{address} did not accept the message: it answers with status {status}. Check the address of the "
        "inbox; if it is right, ask its owner to look at the server.",
        address=str(answer.address),
        status=answer.status,
    )
    error.retry_after = answer.wait
    raise error


@cache
def _trusted() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)

"""What sites let programs visit: robots.txt (RFC 9309), read once a day for each site."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Final

from protego import Protego

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["AGENT", "MOST_BYTES", "Robots", "Rules", "Unknown", "as_rules", "read_rules"]

AGENT: Final = "koepel"
"""The name by which a robots.txt speaks to the registry."""
MOST_BYTES: Final = 500 * 1024
"""What lies beyond is not read (RFC 9309, section 2.5)."""
LIFETIME: Final = 24 * 3600.0
"""Rules are kept no longer than a day (RFC 9309, section 2.4)."""
MOST_SITES: Final = 10_000
MOST_CHARACTERS: Final = 20_000_000
AGENT_LINE: Final = re.compile(r"(?:user-agent|user\s*agent)\b[\s:]*(?P<name>\*|[a-z_-]*)", re.IGNORECASE)
OTHERS: Final = "user-agent: others"


@dataclass(frozen=True)
class Rules:
    r"""What one site asks of programs; without any text, everything may be visited.

    >>> rules = read_rules("User-agent: *\nDisallow: /intern/\nCrawl-delay: 3")
    >>> rules.allow("https://buddy.example/profile.ttl"), rules.allow("https://buddy.example/intern/a")
    (True, False)
    >>> rules.pause
    3.0
    """

    text: str = ""

    def allow(self, address: str) -> bool:
        """Tell whether the registry may visit an address on this site."""
        return not self.text or _parsed(self.text).can_fetch(address, AGENT)

    @property
    def pause(self) -> float:
        """The seconds that the site wants between two visits (Crawl-delay, which no standard defines)."""
        return (_parsed(self.text).crawl_delay(AGENT) or 0.0) if self.text else 0.0


@dataclass(frozen=True)
class Unknown:
    """Why it is not known what a site asks, so that it is not visited for now (RFC 9309, section 2.3.1.4)."""

    reason: str
    reached: bool = True
    retry_after: float | None = None


def as_rules(status: int, body: bytes, retry_after: float | None = None) -> Rules | Unknown:
    """Tell what the answer to a question for robots.txt means (RFC 9309, section 2.3.1).

    >>> as_rules(404, b"Not found"), as_rules(503, b"")
    (Rules(text=''), Unknown(reason='status 503', reached=True, retry_after=None))
    """
    if status == 200:
        return read_rules(body.decode("utf-8-sig", errors="replace"))
    if status == 429 or status >= 500:
        return Unknown(f"status {status}", retry_after=retry_after)
    return Rules()


def read_rules(text: str) -> Rules:
    r"""Keep of a robots.txt what speaks to the registry or to everybody.

    The names of other programs become one, since a file with thousands of them would take hours to read.

    >>> read_rules("User-agent: Some-Bot\nDisallow: /\n\nUser-agent: koepel # us\nAllow: /").text
    'user-agent: others\nDisallow: /\nuser-agent: koepel\nAllow: /'
    """
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return Rules("\n".join(_without_others(line) for line in lines if line))


def _without_others(line: str) -> str:
    found = AGENT_LINE.match(line)
    if not found:
        return line
    return f"user-agent: {found['name']}" if found["name"].lower() in ("*", AGENT) else OTHERS


@lru_cache(maxsize=16)
def _parsed(text: str) -> Protego:
    return Protego.parse(text)


@dataclass(slots=True)
class _Site:
    """What is known of one site, and until when."""

    until: float
    found: Rules | Unknown = Unknown("")
    lock: Lock = field(default_factory=Lock)

    @property
    def weight(self) -> int:
        return len(self.found.text) if isinstance(self.found, Rules) else 0


class Robots:
    """The rules of the sites visited lately; `read` fetches those that are not known or too old.

    Of the sites that are remembered, those not visited for longest make way for others.
    """

    def __init__(
        self,
        read: Callable[[str], Rules | Unknown],
        again_after: float,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read = read
        self._again_after = again_after
        self._clock = clock
        self._sites: OrderedDict[str, _Site] = OrderedDict()
        self._lock = Lock()
        self._characters = 0

    def of(self, origin: str) -> Rules | Unknown:
        """Give the rules of a site, or why there are none; others wait while one asks the site."""
        site = self._site(origin)
        with site.lock:
            if self._clock() >= site.until:
                self._renew(site, self._read(origin))
            return site.found

    def _site(self, origin: str) -> _Site:
        with self._lock:
            site = self._sites.get(origin) or self._sites.setdefault(origin, _Site(self._clock()))
            self._sites.move_to_end(origin)
            return site

    def _renew(self, site: _Site, found: Rules | Unknown) -> None:
        """Note what the site said; where it said nothing, the rules that it gave before hold on."""
        before, known = site.weight, isinstance(found, Rules)
        if known or isinstance(site.found, Unknown):
            site.found = found
        site.until = self._clock() + (LIFETIME if known else self._again_after)
        with self._lock:
            self._characters += site.weight - before
            while self._sites and (len(self._sites) > MOST_SITES or self._characters > MOST_CHARACTERS):
                _, gone = self._sites.popitem(last=False)
                self._characters -= gone.weight

"""What changed lately, for people with a feed reader (Atom 1.0, RFC 4287)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from registry.errors import printable
from registry.translation import Translator

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from federation.feed.news import News
    from federation.feed.stream import Stream

__all__ = ["ATOM", "MEDIA_TYPE", "write_atom"]

ATOM: Final = "http://www.w3.org/2005/Atom"
MEDIA_TYPE: Final = "application/atom+xml"
UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML holds (XML 1.0, section 2.2): one such character in a title would end the feed for all."""


@dataclass(frozen=True)
class _Writer:
    stream: Stream
    language: str

    def feed(self, updated: datetime) -> Element:
        """Begin the feed: what it is, whose, and where else it can be read."""
        address, here = self.stream.address, f"{self.stream.address}/atom?language={self.language}"
        feed = Element("feed", {"xmlns": ATOM, "xml:lang": self.language})
        _say(feed, "id", here)
        _ = Translator("web", self.language)
        _say(feed, "title", f"{self.stream.name}: {_('What changed lately')}")
        _say(feed, "updated", updated.isoformat())
        _say(SubElement(feed, "author"), "name", self.stream.name)
        _link(feed, "self", here, MEDIA_TYPE)
        _link(feed, "alternate", f"{address}/{self.language}/changes", "text/html")
        return feed

    def entry(self, feed: Element, news: News, updated: datetime) -> None:
        """Add one change; its identifier never changes (RFC 4287, section 4.2.6)."""
        entry = SubElement(feed, "entry")
        _say(entry, "id", self.stream.member(news.position))
        _say(entry, "title", news.sentence)
        _say(entry, "updated", updated.isoformat())
        path = news.path or f"/{self.language}/changes"
        _link(entry, "alternate", f"{self.stream.address}{path}", "text/html")
        if news.reason:
            _say(entry, "summary", printable(news.reason))


def write_atom(stream: Stream, news: Iterable[News], language: str, otherwise: datetime) -> bytes:
    """Write the feed.

    Args:
        stream: The stream of changes, from which names are taken.
        news: What changed, the newest first.
        language: In which it is told.
        otherwise: When the feed was updated if nothing changed yet.
    """
    writer, told = _Writer(stream, language), tuple(news)
    feed = writer.feed(max((one.time or otherwise for one in told), default=otherwise))
    for one in told:
        writer.entry(feed, one, one.time or otherwise)
    indent(feed)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _say(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = UNFIT.sub("\ufffd", words)


def _link(parent: Element, relation: str, address: str, media_type: str) -> None:
    SubElement(parent, "link", {"rel": relation, "href": address, "type": media_type})

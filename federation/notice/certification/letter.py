"""One mail with all that is new for a reader, case by case."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from federation.notice.certification.news import LONGEST_NAME
from registry.errors import printable
from registry.translation import Translator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from email.message import EmailMessage

    from federation.notice.certification.news import News
    from federation.notice.certification.reader import Reader
    from federation.notice.mail import Desk

__all__ = ["MOST", "write_letter"]

MOST: Final = 40
"""So much news is in one mail; the rest is counted, and stands in the calendar."""


def write_letter(desk: Desk, reader: Reader, news: Sequence[News], stop: str) -> EmailMessage:
    """Tell a reader all that is new, each case with its address."""
    language = reader.language
    _ = Translator("web", language)
    shown, more = news[:MOST], max(len(news) - MOST, 0)
    body = [
        _("Good day,"),
        _("{name} has news about labels that concern you.", name=desk.name),
        *_sections(desk, shown, language),
        *([_("There is more: {count}. You find all of it in your calendar.", count=more)] if more else []),
        _("Sign in to read more. A mail tells no more than this, because others may read it on its way."),
    ]
    subject = _("News about labels ({count})", count=len(news))
    if len(news) == 1:
        subject = printable(news[0].say(language), 2 * LONGEST_NAME)
    states = "".join(one.about + one.state for one in news)
    return desk.letter(reader.mail, language, subject, body, stop, states)


def _sections(desk: Desk, news: Sequence[News], language: str) -> Iterator[str]:
    """Put together what is about the same case, in the order in which cases come up first."""
    order = {place: at for at, place in reversed([*enumerate(map(_place, news))])}
    for place, group in groupby(sorted(news, key=lambda one: order[_place(one)]), key=_place):
        lines = [line for one in group for line in _lines(one, language)]
        yield "\n".join([*lines, place or f"{desk.site}/"])


def _place(news: News) -> str:
    return news.case.iri if news.case else ""


def _lines(news: News, language: str) -> Iterator[str]:
    yield news.say(language)
    for line in news.detail(language):
        yield f"- {printable(line)}"

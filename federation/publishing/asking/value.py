"""One answer: read as people type it in six languages, and written as they read it.

What can be taken in two ways is refused with both of them, never guessed: 1.500 may be one and a half or
fifteen hundred, 3/4/2026 two different days for two readers of English.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from federation.publishing.asking.choice import choices, code_of, find_choice
from federation.publishing.asking.field import VCARD, Field, Kind
from registry.errors import InvalidDataError, KoepelError
from registry.ingest.privacy import check_privacy
from registry.reading.text import fold
from registry.vocabulary import ENGLISH

if TYPE_CHECKING:
    from rdflib.term import Node

    from registry.ingest.remark import Remark

__all__ = ["SEPARATOR", "doubt_mail", "read_value", "read_values", "write_value", "yes_and_no"]

SEPARATOR: Final = ";"
LISTED: Final = {Kind.CODE, Kind.COUNTRY, Kind.REGION, Kind.LANGUAGE}
NUMBER: Final = re.compile(r"([+-]?\d+)(?:[.,](\d+))?")
THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
ISO: Final = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?:[T ]00:00(?::00)?(?:\.0+)?)?")
LOCAL: Final = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4})")
MAIL: Final = re.compile(r"(?:mailto:)?([\w.+%-]+@(?:[\w-]+\.)+\w{2,})")
WEB: Final = re.compile(
    r"https?://[^\s/?#<>\"{}|^`\\@]+\.[^\s/?#<>\"{}|^`\\@]+(?:[/?#][^\s<>\"{}|^`\\]*)?", re.I
)
MONTHS: Final = 12
AMBIGUOUS_DIGITS: Final = 3  # after a sign that may stand between the thousands
ANSWERS: Final = {
    "nl": ("ja", "nee"),
    "de": ("ja", "nein"),
    "ca": ("sí", "no"),
    "es": ("sí", "no"),
    "fr": ("oui", "non"),
    "en": ("yes", "no"),
}
YES: Final = {"true", "x", "1", "j", "y", "o", "s", "waar", "wahr", "vrai", "verdadero", "cert"}
NO: Final = {"false", "0", "n", "onwaar", "falsch", "faux", "falso", "fals"}


def read_values(field: Field, text: str, language: str) -> list[Node]:
    """Read an answer of one or several values, separated by semicolons where several can stand.

    >>> from federation.publishing.asking.field import fields
    >>> [str(one).rpartition("/")[2] for one in read_values(fields()["country"], "België; NL", "nl")]
    ['BEL', 'NLD']
    """
    parts = text.split(SEPARATOR) if field.many else [text]
    return list(dict.fromkeys(read_value(field, part.strip(), language) for part in parts if part.strip()))


def read_value(field: Field, text: str, language: str) -> Node:
    """Read one value; raises `InvalidDataError` that says what to type instead.

    >>> from federation.publishing.asking.field import fields
    >>> read_value(fields()["commitment.minimumMonths"], "2,5", "nl").n3()
    '"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    match field.kind:
        case Kind.TEXT:
            return _text(text, language)
        case Kind.NAME:
            return Literal(_harmless(text))
        case Kind.NUMBER:
            return Literal(_number(text), datatype=XSD.decimal, normalize=False)
        case Kind.COUNT:
            return Literal(_whole(text), datatype=XSD.integer, normalize=False)
        case Kind.DAY | Kind.DATE:
            return _date(text, language, exact=field.kind is Kind.DAY)
        case Kind.ANSWER:
            return Literal("true" if _answer(text, language) else "false", datatype=XSD.boolean)
        case Kind.WEB:
            return _web(text)
        case Kind.MAIL:
            return _mail(text)
        case _:
            return find_choice(field, text, language)


def write_value(field: Field, value: Node, language: str) -> str:
    """Write one value as `read_value` reads it.

    >>> from federation.publishing.asking.field import fields
    >>> audience = fields()["audience"]
    >>> write_value(audience, read_value(audience, "newcomer", "en"), "nl")
    'Nieuwkomer'
    """
    if field.kind in LISTED:
        return choices(field, language).get(URIRef(str(value)), code_of(str(value)))
    if field.kind is Kind.ANSWER:
        return yes_and_no(language)[0 if str(value) in {"true", "1"} else 1]
    if field.kind is Kind.NUMBER:
        return _decimal_text(str(value), language)
    return str(value).removeprefix("mailto:") if field.kind is Kind.MAIL else str(value)


def yes_and_no(language: str) -> tuple[str, str]:
    """Give the words for yes and no.

    >>> yes_and_no("ca")
    ('sí', 'no')
    """
    return ANSWERS.get(language, ANSWERS[ENGLISH])


def doubt_mail(address: str) -> tuple[Remark, ...]:
    """Tell at once when a mail address seems to belong to one person, as the registry would.

    >>> doubt_mail("buddies@example.org"), doubt_mail("buddies@gmail.com")[0].code
    ((), 'private-mailbox')
    """
    graph = Graph(bind_namespaces="none")
    contact = BNode()
    graph.add((contact, RDF.type, VCARD.Kind))
    graph.add((contact, VCARD.hasEmail, URIRef("mailto:" + address.removeprefix("mailto:"))))
    return check_privacy(graph)


def _text(text: str, language: str) -> Literal:
    """Take a text, unless the registry would refuse it for a private mail address inside."""
    literal = Literal(_harmless(text), lang=language)
    graph = Graph(bind_namespaces="none").add((BNode(), DCTERMS.description, literal))
    try:
        check_privacy(graph)
    except KoepelError as error:
        raise InvalidDataError(
            "value-names-person",
            "This text holds a private mail address. Take it out and give an address of the organisation, in "
            "the place that is meant for it.",
        ) from error
    return literal


def _harmless(text: str) -> str:
    """Keep line ends and leave out the other control characters, which XML and terminals stumble over."""
    return "".join(one for one in text.replace("\r\n", "\n") if one in "\n\t" or ord(one) >= ord(" "))


def _number(text: str) -> str:
    compact = re.sub(r"[\s\u00a0\u202f]", "", text)
    if THOUSANDS.fullmatch(compact):
        whole, _, thousandths = re.sub(",", ".", compact).partition(".")
        raise InvalidDataError(
            "value-number-ambiguous",
            "“{text}” can mean two numbers. Write {large}, or {small}.",
            text=text,
            large=whole + thousandths,
            small=f"{whole}.{thousandths.rstrip('0') or '0'}",
        )
    found = NUMBER.fullmatch(compact)
    if not found:
        raise InvalidDataError(
            "value-no-number", "“{text}” is not a number. Write figures alone, such as 12 or 2.5.", text=text
        )
    digits = (found[2] or "").rstrip("0") or "0"
    return f"{int(found[1])}.{digits}" if int(found[1]) or not found[1].startswith("-") else f"-0.{digits}"


def _whole(text: str) -> int:
    value = Decimal(_number(text))
    if value != value.to_integral_value():
        raise InvalidDataError(
            "value-not-whole", "“{text}” is not a whole number. Write figures alone, such as 12.", text=text
        )
    return int(value)


def _decimal_text(text: str, language: str) -> str:
    """Write a number with the sign that readers put before a fraction; it can mean one thing only."""
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) == AMBIGUOUS_DIGITS:
        fraction += "0"
    sign = "." if language == ENGLISH else ","
    return f"{whole}{sign}{fraction}" if fraction else whole


def _date(text: str, language: str, *, exact: bool) -> Literal:
    if found := ISO.fullmatch(text):
        return _calendar(text, found[1], found[2], found[3], exact=exact)
    if found := LOCAL.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        if language == ENGLISH and first != second and max(first, second) <= MONTHS:
            raise InvalidDataError(
                "value-date-ambiguous",
                "“{text}” can mean two days. Write {one}, or {other}.",
                text=text,
                one=f"{found[3]}-{second:02}-{first:02}",
                other=f"{found[3]}-{first:02}-{second:02}",
            )
        day, month = (first, second) if second <= MONTHS or language != ENGLISH else (second, first)
        return _calendar(text, found[3], str(month), str(day), exact=True)
    raise _no_date(text)


def _calendar(text: str, year: str, month: str | None, day: str | None, *, exact: bool) -> Literal:
    if exact and not day:
        raise _no_date(text)
    try:
        whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError as error:
        raise _no_date(text) from error
    datatype = XSD.date if day else XSD.gYearMonth if month else XSD.gYear
    length = {XSD.date: 10, XSD.gYearMonth: 7, XSD.gYear: 4}[datatype]
    return Literal(whole[:length], datatype=datatype, normalize=False)


def _no_date(text: str) -> InvalidDataError:
    return InvalidDataError(
        "value-no-date", "“{text}” is not a date. Write year, month and day, such as 2026-01-31.", text=text
    )


def _answer(text: str, language: str) -> bool:
    word = fold(text)
    yes, no = yes_and_no(language)
    if word in YES | {fold(one) for one, _ in ANSWERS.values()}:
        return True
    if word in NO | {fold(one) for _, one in ANSWERS.values()}:
        return False
    raise InvalidDataError(
        "value-no-answer", "“{text}” is no answer here. Write {yes} or {no}.", text=text, yes=yes, no=no
    )


def _web(text: str) -> URIRef:
    address = text if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) else f"https://{text}"
    if not WEB.fullmatch(address):
        raise InvalidDataError(
            "value-no-web-address",
            "“{text}” is not a web address. Write it as the browser shows it, such as "
            "https://www.example.org/buddies.",
            text=text,
        )
    return URIRef(address)


def _mail(text: str) -> URIRef:
    found = MAIL.fullmatch(text)
    if not found:
        raise InvalidDataError(
            "value-no-mail-address",
            "“{text}” is not a mail address. Write it such as buddies@example.org.",
            text=text,
        )
    return URIRef(f"mailto:{found[1]}")

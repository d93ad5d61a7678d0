"""Which format a document is in.

What the server declares decides. Only where it says nothing useful (no media type, plain text, "some bytes")
does the file name decide, and where that says nothing either, the content. Guessing further would let a page
pass for data, so a declaration that the content contradicts is an error and not a hint.
"""

import re

from registry.errors import InvalidDataError
from registry.formats import Format, base_media_type

__all__ = ["WEB_PAGE_MEDIA_TYPE", "detect_format", "is_web_page", "refuse_media_type"]

SILENT_MEDIA_TYPES = {
    "",
    "application/gzip",
    "application/octet-stream",
    "application/x-gzip",
    "text/plain",
}
GENERIC_MEDIA_TYPES = {
    "application/json": Format.JSON_LD,
    "application/xml": Format.RDF_XML,
    "text/xml": Format.RDF_XML,
}
WEB_PAGE_MEDIA_TYPE = "text/html"
WEB_PAGE_MEDIA_TYPES = {"application/xhtml+xml", WEB_PAGE_MEDIA_TYPE}
WEB_PAGE_ENDING = re.compile(r"\.x?html?(?:\.gz)?(?:[?#]|$)", re.IGNORECASE)
TEXT_FORMATS = (Format.TURTLE, Format.N_TRIPLES, Format.N_QUADS, Format.TRIG)

# How far into a document the beginning of a web page may hide behind comments.
BEGINNING = 2_000
# No possessive group holds a choice or looks ahead: it would match too little before Python 3.11.5.
COMMENTS = r"\s*+(?:(?:<!--(?:(?!-->).)*-->|<\?xml[^>]*+>)\s*+)*"
WEB_PAGE = re.compile(
    COMMENTS + r"<(?:!doctype\s+html|html|head|body|meta|script)[\s>]", re.IGNORECASE | re.DOTALL
)
XML = re.compile(r"\s*(?:<\?xml\s|<!--|<!DOCTYPE|<[\w.-]+:RDF[\s>])", re.IGNORECASE)
# Neither `{ "` nor `[ {` can begin Turtle or TriG, though both languages use the brackets.
JSON = re.compile(r"""\s*(?:\{\s*"|\[\s*[\[{"])""")
MEDIA_TYPE_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)
XML_CHARSET = re.compile(r"""\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)""")
COMMENT_LINES = r"\s*+(?:#[^\n]*+\n\s*+)*+"
TURTLE = re.compile(
    COMMENT_LINES + r"(?:@prefix\s|@base\s|prefix\s|base\s|<[^\s<>]*>\s+(?:a\s|[\w.-]*:\w))", re.IGNORECASE
)
TRIPLES = re.compile(COMMENT_LINES + r"(?:<[^\s<>]*>|_:\w+)\s+<", re.IGNORECASE)


def refuse_media_type(media_type: str | None) -> None:
    """Refuse what no reading can turn into a description, such as a picture, before looking at it."""
    declared = base_media_type(media_type or "")
    readable = SILENT_MEDIA_TYPES | WEB_PAGE_MEDIA_TYPES | GENERIC_MEDIA_TYPES.keys()
    if declared not in readable and Format.from_media_type(declared) is None:
        raise InvalidDataError(
            "format-not-accepted",
            "The document is declared as {declared}, which is not accepted. Publish it as one of: "
            "{accepted}.",
            declared=declared,
            accepted=", ".join(item.media_type for item in Format),
        )


def is_web_page(media_type: str | None, address: str, text: str) -> bool:
    """Tell whether a document is a web page, in which a description may be hidden.

    >>> is_web_page("text/html; charset=utf-8", "https://buddy.example/", "<p>Welkom")
    True
    >>> is_web_page(None, "profile.ttl", "<> a <#Project> .")
    False
    """
    declared = base_media_type(media_type or "")
    if declared in SILENT_MEDIA_TYPES:
        return _looks_like_page(text) or WEB_PAGE_ENDING.search(address) is not None
    return declared in WEB_PAGE_MEDIA_TYPES


def detect_format(media_type: str | None, address: str, text: str) -> Format:
    """Say which format a document is in, or refuse it with the reason.

    >>> detect_format("text/turtle", "https://buddy.example/profile", "<> a <#Project> .").label
    'Turtle'
    >>> detect_format(None, "profile.jsonld", '{"@id": "https://buddy.example/"}').label
    'JSON-LD'
    >>> detect_format("text/plain", "profile", "@prefix a: <https://buddy.example/> .").label
    'Turtle'
    """
    declared = base_media_type(media_type or "")
    _refuse_web_page(text)
    _refuse_charset(media_type or "", text)
    found = _seen(text)
    named = Format.from_media_type(declared) or GENERIC_MEDIA_TYPES.get(declared)
    if named is None:
        return _by_name_or_content(address, found)
    _refuse_contradiction(declared, named, found)
    return named


def _seen(text: str) -> tuple[Format, ...]:
    """List the formats that the beginning of the content allows; none, when it could be anything."""
    signatures: tuple[tuple[re.Pattern[str], tuple[Format, ...]], ...] = (
        (JSON, (Format.JSON_LD,)),
        (XML, (Format.RDF_XML,)),
        (TURTLE, (Format.TURTLE, Format.TRIG)),
        (TRIPLES, TEXT_FORMATS),
    )
    return next((formats for pattern, formats in signatures if pattern.match(text)), ())


def _by_name_or_content(address: str, found: tuple[Format, ...]) -> Format:
    name = address.removesuffix(".gz")
    named = Format.from_extension(name)
    if named is not None:
        _refuse_contradiction("." + named.extension, named, found)
        return named
    if not found:
        raise InvalidDataError(
            "format-unknown",
            "Nothing tells which format the document is in: the server names none, the file name ends in "
            "none, and the content looks like none. Publish it with the media type text/turtle or "
            "application/ld+json, or give the file name the ending .ttl or .jsonld.",
        )
    return Format.TURTLE if found is TEXT_FORMATS else found[0]


def _refuse_contradiction(declared: str, named: Format, found: tuple[Format, ...]) -> None:
    if found and named not in found:
        raise InvalidDataError(
            "format-contradicted",
            "The document is declared as {declared}, which means {named}, but the content looks like "
            "{found}. Correct the media type on the server, or the file itself.",
            declared=declared,
            named=named.label,
            found=found[0].label,
        )


def _refuse_web_page(text: str) -> None:
    """Refuse a page that is declared as data: it tells of an error, or asks for a password."""
    if _looks_like_page(text):
        raise InvalidDataError(
            "web-page-for-data",
            "The server declares data, but sends a web page, as servers do when a file is missing or needs a "
            "password. Check in a browser what stands at the address.",
        )


def _looks_like_page(text: str) -> bool:
    return WEB_PAGE.match(text[:BEGINNING]) is not None


def _refuse_charset(media_type: str, text: str) -> None:
    found = MEDIA_TYPE_CHARSET.search(media_type) or XML_CHARSET.match(text)
    if found and found[1].lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise InvalidDataError(
            "charset-not-utf8",
            "The document is declared as text in {charset}. Save it in UTF-8 and declare that, or no "
            "encoding at all.",
            charset=found[1],
        )

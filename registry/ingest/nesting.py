"""How deeply the parts of a document lie inside each other.

People nest a handful of levels. Parsers follow every level with their own stack, and one with some ten
thousand levels ends the program (seen with JSON-LD and with triple terms), so the depth is counted before any
parser starts.
"""

import re
from collections.abc import Callable
from xml.parsers import expat

from registry.errors import InvalidDataError
from registry.formats import Format
from registry.ingest.guard import line_around, locate

__all__ = ["refuse_deep_nesting", "refuse_deep_page"]

JSON_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|(?P<open>[\[{])|(?P<close>[\]}])', re.DOTALL)
# Strings, IRIs, comments and escaped characters are stepped over; what is left over opens or closes a level.
# A possessive group with a choice inside matches too little before Python 3.11.5, so there is none here.
TURTLE_TOKEN = re.compile(
    r'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*"""'
    r"|'''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*'''"
    r'|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
    r"|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'"
    r"|<[^\x00-\x20<>\"{}|^`]*+>"
    r"|\#[^\n]*+"
    r"|\\."
    r"|(?P<triple><<)"
    r"|(?P<open>[\[({])"
    r"|(?P<close>[\])}])",
    re.DOTALL,
)
# An element counts that people close themselves; what HTML closes by itself, as <p> and <li>, lies beside.
PAGE_TOKEN = re.compile(
    r"<!--.*?-->"
    r"|<(?P<raw>script|style|textarea|title)\b.*?</(?P=raw)\b"
    r"|<(?!/|(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
    r"|p|li|d[dt]|opt\w+|t[dhr]|thead|t(?:body|foot)|body|head|html)\b)(?P<open>[a-z])"
    r"|(?P<close></(?!(?:p|li|d[dt]|opt\w+|t[dhr]|thead|t(?:body|foot)|body|head|html)\b)[a-z])",
    re.DOTALL | re.IGNORECASE,
)
PAGE_DEPTH = 200  # page builders put some dozens of boxes into each other
Refusal = Callable[[int, int, int], InvalidDataError]
DOCUMENT_TYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def refuse_deep_nesting(text: str, format_: Format, depth: int) -> None:
    """Refuse a document with more levels than `depth`, or with parts that can hide more than they show."""
    match format_:
        case Format.JSON_LD:
            _scan(text, JSON_TOKEN, depth)
        case Format.RDF_XML:
            _refuse_document_type(text)
            _scan_xml(text, depth)
        case _:
            _scan(text, TURTLE_TOKEN, depth)


def refuse_deep_page(text: str) -> None:
    """Refuse a web page with more levels than any page builder makes: each costs the parser more time."""
    _scan(text, PAGE_TOKEN, PAGE_DEPTH, _page_too_deep)


def _scan(text: str, token: re.Pattern[str], depth: int, refusal: Refusal | None = None) -> None:
    level = 0
    for found in token.finditer(text):
        match found.lastgroup:
            case "open":
                level += 1
                if level > depth:
                    raise (refusal or _too_deep)(depth, *locate(text, found.start()))
            case "close":
                level = max(0, level - 1)
            case "triple":
                raise triple_term(*locate(text, found.start()))


def _refuse_document_type(text: str) -> None:
    """Refuse entities wherever they seem to stand: a comment that mentions them is rarer than an attack."""
    found = DOCUMENT_TYPE.search(text)
    if found:
        line, column = locate(text, found.start())
        raise InvalidDataError(
            "document-type-declared",
            "Line {line}, column {column}: the RDF/XML declares a document type or an entity, through which "
            "a document can swell or reach other files. Remove the declaration and write the values out.",
            line=line,
            column=column,
        )


def _scan_xml(text: str, depth: int) -> None:
    """Walk the elements once; expat keeps no stack of its own and, without a document type, loads nothing."""
    parser = expat.ParserCreate("utf-8")
    level = 0

    def enter(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal level
        level += 1
        if level > depth:
            raise _too_deep(depth, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def leave(_name: str) -> None:
        nonlocal level
        level -= 1

    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise broken_syntax(
            Format.RDF_XML, text, error.lineno, error.offset + 1, expat.ErrorString(error.code)
        ) from error


def broken_syntax(format_: Format, text: str, line: int, column: int, reason: str) -> InvalidDataError:
    """Make the error for a document that breaks the rules of its format at a known place."""
    return InvalidDataError(
        "syntax-broken",
        "Line {line}, column {column}: this is not valid {format}. {reason}. The line reads: “{text}”. "
        "Correct it and publish the file again.",
        line=line,
        column=column,
        format=format_.label,
        reason=reason,
        text=line_around(text, line, column),
    )


def triple_term(line: int, column: int) -> InvalidDataError:
    """Make the error for a statement about a statement."""
    return InvalidDataError(
        "triple-term",
        "Line {line}, column {column}: a statement inside a statement (<<) belongs to RDF 1.2, which is not "
        "accepted yet. Describe it with a resource of its own.",
        line=line,
        column=column,
    )


def _too_deep(depth: int, line: int, column: int) -> InvalidDataError:
    return InvalidDataError(
        "nested-too-deeply",
        "Line {line}, column {column}: the document is nested more than {depth} levels deep. Give the inner "
        "things names (IRIs) and describe them side by side.",
        depth=depth,
        line=line,
        column=column,
    )


def _page_too_deep(depth: int, line: int, _column: int) -> InvalidDataError:
    return InvalidDataError(
        "page-nested-too-deeply",
        "Line {line}: the web page is nested more than {depth} levels deep, so it is not read. Put the "
        "description into a simpler page, or into a file of its own.",
        depth=depth,
        line=line,
    )

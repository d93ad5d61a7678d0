"""JSON-LD contexts: what the short names in a document mean.

A context can lie on another server, and whoever keeps that server decides what a document says. So the
contexts that descriptions use are bundled in the folder `contexts`, `bundled.json` lists the addresses that
they stand for, and every other address is refused. The parser is given a document in which nothing is left to
load.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from registry.errors import InvalidDataError
from registry.formats import Format
from registry.ingest.nesting import broken_syntax

__all__ = ["bundled_contexts", "inline_contexts"]

FOLDER = Path(__file__).parent / "contexts"  # `importlib.resources` would double the time to start the reader


def inline_contexts(text: str, *, most: int) -> str:
    """Put the bundled contexts in the place of their addresses.

    A document names its context often more than once, but not more than `most` times.

    >>> print(inline_contexts('{"@context": {"b": "https://buddy.example/#"}, "b:name": "Samen"}', most=10))
    {"@context": {"b": "https://buddy.example/#"}, "b:name": "Samen"}
    """
    document = _load(text)
    owners = [part for part in _objects(document) if "@context" in part]
    if len(owners) > most:
        raise InvalidDataError(
            "too-many-contexts",
            "The JSON-LD states a @context {count} times; at most {most} are read. State it once, at the "
            "top.",
            count=len(owners),
            most=most,
        )
    for owner in owners:
        owner["@context"] = _resolve(owner["@context"])
    return _write(document)


@cache
def bundled_contexts() -> dict[str, Any]:
    """Give the contexts that ship with the registry, by the addresses that documents use for them."""
    listed = json.loads((FOLDER / "bundled.json").read_text(encoding="utf-8"))
    return {address: _read_bundled(name) for address, name in listed.items()}


def _read_bundled(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))["@context"]


def _resolve(context: Any) -> Any:
    match context:
        case str():
            return _look_up(context)
        case list():
            return [_resolve(part) for part in context]
        case {"@import": imported}:
            raise InvalidDataError(
                "context-imported",
                "The JSON-LD imports the context {context}, and contexts are never loaded from elsewhere. "
                "Remove @import and write the terms into the document.",
                context=str(imported),
            )
        case _:
            return context


def _look_up(address: str) -> Any:
    found = bundled_contexts().get(address.strip())
    if found is None:
        raise InvalidDataError(
            "context-not-bundled",
            "The JSON-LD uses the context {context}, and contexts are never loaded from elsewhere. "
            "Use one of these: {bundled}. Or write the terms into the document.",
            context=address,
            bundled=", ".join(bundled_contexts()),
        )
    return found


def _objects(part: Any) -> Iterator[dict[str, Any]]:
    """Walk all objects of a document, outer before inner; the depth is bounded before this."""
    if isinstance(part, dict):
        yield part
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for value in inner:
        yield from _objects(value)


def _load(text: str) -> Any:
    try:
        return json.loads(
            text, object_pairs_hook=_unique_names, parse_float=_finite, parse_constant=_refuse_constant
        )
    except json.JSONDecodeError as error:
        raise broken_syntax(Format.JSON_LD, text, error.lineno, error.colno, error.msg) from error
    except ValueError as error:  # a number with more digits than Python reads
        raise _bad_number(str(error)) from error


def _write(document: Any) -> str:
    r"""Write the document again, unless it holds half a character, which only an escape like \ud800 can."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidDataError(
            "character-broken",
            "The JSON-LD holds the escape of half a character ({escape}). Write the character itself, in "
            "UTF-8.",
            escape=text[error.start],
        ) from error
    return text


def _unique_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that stands twice in one object: each parser picks another of the two values."""
    again = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    if again:
        raise InvalidDataError(
            "name-repeated",
            "The JSON-LD gives {name} twice in one object. Put the values in one list.",
            name=again[0],
        )
    return dict(pairs)


def _finite(digits: str) -> float:
    """Read a number with a fraction or exponent; one too large would turn into infinity, which JSON lacks."""
    number = float(digits)
    if not math.isfinite(number):
        raise _bad_number(digits)
    return number


def _refuse_constant(constant: str) -> NoReturn:
    raise _bad_number(constant)


def _bad_number(reason: str) -> InvalidDataError:
    return InvalidDataError(
        "number-unreadable",
        "The JSON-LD holds a number that cannot be read: {reason}. Write it with fewer digits, or as text.",
        reason=reason,
    )

"""From bytes to canonical statements: the part of ingest that meets what a stranger wrote.

It is run as a program (`python -m registry.ingest.reader`), started by `sandbox`: one line of JSON and then
the document come in; one line of JSON and then the canonical N-Quads go out, or the error. So it imports
little.
"""

import json
import resource
import sys
from dataclasses import asdict, dataclass
from typing import Any

from registry.errors import InvalidDataError
from registry.formats import Format
from registry.ingest.canonical import canonicalise, use_one_schema_namespace
from registry.ingest.context import inline_contexts
from registry.ingest.detect import detect_format, is_web_page, refuse_media_type
from registry.ingest.guard import GZIP_MAGIC, Limits, decode_text, expand, refuse_oversize
from registry.ingest.nesting import refuse_deep_nesting
from registry.ingest.page import read_page
from registry.ingest.parse import Parsed, parse, parse_apart
from registry.ingest.remark import Remark

__all__ = ["Bundle", "Reading", "read", "read_bundle"]


@dataclass(frozen=True)
class Bundle:
    """What a document with several graphs states, each graph in canonical N-Quads."""

    main: bytes
    graphs: dict[str, bytes]


@dataclass(frozen=True)
class Reading:
    """What a document states, in canonical N-Quads, and what its publisher should know."""

    format: Format | None
    """None is a web page."""
    canonical: bytes
    remarks: tuple[Remark, ...]


def read(
    data: bytes,
    *,
    media_type: str | None,
    address: str,
    limits: Limits,
    space: str | None = None,
    whole: bool = False,
) -> Reading:
    """Read a document, or say why it cannot be read.

    Of a web page only the description of things in the space is read, unless the `whole` of it is asked for.

    >>> reading = read(
    ...     b"<> a <#Project> .", media_type="text/turtle", address="https://a.example/", limits=Limits()
    ... )
    >>> print(reading.canonical.decode(), end="")
    <https://a.example/> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://a.example/#Project> .
    """
    text, base = _text(data, media_type, limits), _base(address)
    if is_web_page(media_type, address, text):
        parsed, remarks = read_page(text, base=base, space=space, limits=limits, whole=whole)
        return _reading(None, parsed, remarks)
    format_, text = _unlocked(text, media_type, address, limits)
    return _reading(format_, parse(text, format_, base=base, limits=limits), [])


def read_bundle(data: bytes, *, media_type: str | None, address: str, limits: Limits) -> Bundle:
    """Read a document with several graphs, each for itself.

    >>> bundle = read_bundle(
    ...     b"<#a> <#b> <#c> . <#g> { <#d> <#e> <#f> }",
    ...     media_type="application/trig",
    ...     address="https://a.example/",
    ...     limits=Limits(),
    ... )
    >>> list(bundle.graphs), len(bundle.main)
    (['https://a.example/#g'], 71)
    """
    format_, text = _unlocked(_text(data, media_type, limits), media_type, address, limits)
    main, graphs = parse_apart(text, format_, base=_base(address), limits=limits)
    named = {name: canonicalise(use_one_schema_namespace(graph)[0]) for name, graph in graphs.items()}
    return Bundle(canonicalise(main), named)


def _text(data: bytes, media_type: str | None, limits: Limits) -> str:
    refuse_oversize(len(data), limits.document_bytes)
    refuse_media_type(media_type)
    packed = data.startswith(GZIP_MAGIC)
    return decode_text(expand(data, "gzip", limits.document_bytes) if packed else data)


def _unlocked(text: str, media_type: str | None, address: str, limits: Limits) -> tuple[Format, str]:
    """Find the format, and give the text with nothing in it that goes too deep or would have to be loaded."""
    format_ = detect_format(media_type, address, text)
    refuse_deep_nesting(text, format_, limits.depth)
    return format_, inline_contexts(text, most=limits.contexts) if format_ is Format.JSON_LD else text


def _reading(format_: Format | None, parsed: Parsed, remarks: list[Remark]) -> Reading:
    dataset, respelt = use_one_schema_namespace(parsed.dataset)
    return Reading(format_, canonicalise(dataset), (*remarks, *_remarks(parsed, respelt)))


def _base(address: str) -> str | None:
    """What relative IRIs are relative to: an address on the web, but never a place on somebody's disk."""
    return address.partition("#")[0] if address.startswith(("https://", "http://")) else None


def _remarks(parsed: Parsed, respelt: int) -> tuple[Remark, ...]:
    merged = Remark(
        "graphs-merged",
        "The statements of all named graphs ({count}) were read as one description; the names of the graphs "
        "are not kept.",
        {"count": parsed.named_graphs},
    )
    schema = Remark(
        "schema-https",
        "Terms of schema.org that are written with https (statements: {count}) were read as the same terms "
        "with http, which is how schema.org's own context writes them.",
        {"count": respelt},
    )
    return tuple(remark for remark in (merged, schema) if remark.params["count"])


def main() -> None:
    """Read one document from standard input under the limits that come with it."""
    order = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**order.pop("limits"))
    _cap(resource.RLIMIT_CORE, 0)
    _cap(resource.RLIMIT_AS, limits.memory_bytes)
    _cap(resource.RLIMIT_CPU, limits.seconds)
    work = _bundle if order.pop("bundle", False) else _document
    try:
        head, body = work(sys.stdin.buffer.read(), limits=limits, **order)
    except InvalidDataError as error:
        head, body = {"code": error.code, "template": error.template, "params": error.params}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)
    sys.stdout.buffer.flush()


def _document(data: bytes, **order: Any) -> tuple[dict[str, Any], bytes]:
    reading = read(data, **order)
    name = reading.format.name if reading.format else None
    return {"format": name, "remarks": [asdict(one) for one in reading.remarks]}, reading.canonical


def _bundle(data: bytes, **order: Any) -> tuple[dict[str, Any], bytes]:
    """Tell how long each graph is, the main one under no name, and give them one after the other."""
    bundle = read_bundle(data, **order)
    parts = {"": bundle.main, **bundle.graphs}
    return {"lengths": {name: len(part) for name, part in parts.items()}}, b"".join(parts.values())


def _cap(kind: int, most: int) -> None:
    """Lower a limit of this process for good; one that the operator set lower stays."""
    _, hard = resource.getrlimit(kind)
    cap = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (cap, cap))


if __name__ == "__main__":
    main()

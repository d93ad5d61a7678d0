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
from registry.ingest.detect import detect_format, refuse_media_type
from registry.ingest.guard import GZIP_MAGIC, Limits, decode_text, expand, refuse_oversize
from registry.ingest.nesting import refuse_deep_nesting
from registry.ingest.parse import Parsed, parse
from registry.ingest.remark import Remark

__all__ = ["Reading", "read"]


@dataclass(frozen=True)
class Reading:
    """What a document states, in canonical N-Quads, and what its publisher should know."""

    format: Format
    canonical: bytes
    remarks: tuple[Remark, ...]


def read(data: bytes, *, media_type: str | None, address: str, limits: Limits) -> Reading:
    """Read a document, or say why it cannot be read.

    >>> reading = read(
    ...     b"<> a <#Project> .", media_type="text/turtle", address="https://a.example/", limits=Limits()
    ... )
    >>> print(reading.canonical.decode(), end="")
    <https://a.example/> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://a.example/#Project> .
    """
    refuse_oversize(len(data), limits.document_bytes)
    refuse_media_type(media_type)
    text = decode_text(expand(data, "gzip", limits.document_bytes) if data.startswith(GZIP_MAGIC) else data)
    format_ = detect_format(media_type, address, text)
    refuse_deep_nesting(text, format_, limits.depth)
    if format_ is Format.JSON_LD:
        text = inline_contexts(text, most=limits.contexts)
    parsed = parse(text, format_, base=_base(address), limits=limits)
    dataset, respelt = use_one_schema_namespace(parsed.dataset)
    return Reading(format_, canonicalise(dataset), _remarks(parsed, respelt))


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
    try:
        reading = read(sys.stdin.buffer.read(), limits=limits, **order)
    except InvalidDataError as error:
        _answer({"code": error.code, "template": error.template, "params": error.params}, b"")
    else:
        remarks = [asdict(remark) for remark in reading.remarks]
        _answer({"format": reading.format.name, "remarks": remarks}, reading.canonical)


def _cap(kind: int, most: int) -> None:
    """Lower a limit of this process for good; one that the operator set lower stays."""
    _, hard = resource.getrlimit(kind)
    cap = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (cap, cap))


def _answer(head: dict[str, Any], canonical: bytes) -> None:
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + canonical)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

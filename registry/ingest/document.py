"""A document: what a publisher wrote, and the statements that the registry read in it."""

from dataclasses import dataclass, field

from rdflib import Graph

from registry.errors import KoepelError
from registry.formats import Format
from registry.ingest.canonical import digest, to_graph
from registry.ingest.detect import WEB_PAGE_MEDIA_TYPE
from registry.ingest.guard import Limits
from registry.ingest.privacy import check_privacy
from registry.ingest.reader import Reading
from registry.ingest.remark import Remark
from registry.ingest.sandbox import read_apart
from registry.ingest.space import default_space, refuse_foreign_subjects
from registry.ingest.verdict import refuse_verdicts

__all__ = ["Document", "read_document", "take_document"]

BLANK_PREFIX_LENGTH = 12


@dataclass(frozen=True)
class Document:
    """A document that was read and may be kept.

    `data` is kept byte for byte, because signatures and disputes are about bytes. `canonical` holds the
    statements as canonical N-Quads in UTF-8, and `digest` the SHA-256 of that: equal digests mean equal
    statements. `graph` holds the same statements for rdflib; its blank nodes share no label with those of
    another document.
    """

    address: str
    format: Format | None
    """None is a web page with the description inside."""
    data: bytes = field(repr=False)
    canonical: bytes = field(repr=False)
    digest: str
    graph: Graph = field(repr=False, compare=False)
    remarks: tuple[Remark, ...] = ()

    @property
    def media_type(self) -> str:
        """The media type of `data`, as it proved to be."""
        return self.format.media_type if self.format else WEB_PAGE_MEDIA_TYPE


def read_document(
    data: bytes,
    *,
    media_type: str | None,
    address: str,
    space: str | None = None,
    limits: Limits | None = None,
) -> Document:
    """Read the description that a project published, or say why it cannot be accepted.

    `address` is where it came from and what its relative IRIs are relative to. `space` is the address under
    which its source may describe things; without one it is the site of `address`, and a file on disk has
    none.

    >>> text = b"<https://buddy.example/#project> a <https://w3id.org/koepel/def#Project> ."
    >>> document = read_document(text, media_type="text/turtle", address="https://buddy.example/profile.ttl")
    >>> document.format.label, len(document.graph), document.digest[:8]
    ('Turtle', 1, '34f47d59')
    """
    within, limits = space or default_space(address), limits or Limits()
    try:
        reading = read_apart(data, media_type=media_type, address=address, space=within, limits=limits)
        return _document(reading, data, address, within)
    except KoepelError as error:
        error.address = address
        raise


def take_document(canonical: bytes, *, address: str, space: str) -> Document:
    """Take over a description that was read before, in its canonical form; its content is checked as ever.

    Raises:
        KoepelError: It describes what lies outside the space, or persons, or judges its own labels.
    """
    return _document(Reading(Format.N_QUADS, canonical, ()), canonical, address, space)


def _document(reading: Reading, data: bytes, address: str, space: str | None) -> Document:
    sha256 = digest(reading.canonical)
    graph = to_graph(reading.canonical, blank_prefix=_blank_prefix(address, sha256))
    refuse_foreign_subjects(graph, space)
    refuse_verdicts(graph)
    remarks = (*reading.remarks, *check_privacy(graph))
    return Document(address, reading.format, data, reading.canonical, sha256, graph, remarks)


def _blank_prefix(address: str, sha256: str) -> str:
    return "b" + digest(address.encode() + sha256.encode())[:BLANK_PREFIX_LENGTH]

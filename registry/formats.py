"""The ways in which a description can be written down, and the choice between them.

Everything that the registry knows about a format stands here: its media type, the ending of its file names,
and whether it can hold several graphs. Ingest asks by media type or file name, the web asks by `Accept`
header.
"""

from collections.abc import Iterable, Sequence
from enum import Enum

__all__ = ["Format", "base_media_type", "negotiate"]


class Format(Enum):
    """One way to write RDF down."""

    TURTLE = ("Turtle", "text/turtle", "ttl")
    JSON_LD = ("JSON-LD", "application/ld+json", "jsonld")
    N_TRIPLES = ("N-Triples", "application/n-triples", "nt")
    N_QUADS = ("N-Quads", "application/n-quads", "nq")
    TRIG = ("TriG", "application/trig", "trig")
    RDF_XML = ("RDF/XML", "application/rdf+xml", "rdf")

    def __init__(self, label: str, media_type: str, extension: str) -> None:
        self.label = label
        self.media_type = media_type
        self.extension = extension

    @property
    def supports_datasets(self) -> bool:
        """Whether one document can hold several graphs.

        >>> Format.TRIG.supports_datasets, Format.TURTLE.supports_datasets
        (True, False)
        """
        return self in {Format.JSON_LD, Format.N_QUADS, Format.TRIG}

    @classmethod
    def from_media_type(cls, media_type: str) -> "Format | None":
        """Find the format that a server means by a media type.

        >>> Format.from_media_type("Text/Turtle; charset=utf-8")
        <Format.TURTLE: ('Turtle', 'text/turtle', 'ttl')>
        >>> Format.from_media_type("text/html") is None
        True
        """
        wanted = base_media_type(media_type)
        return next((item for item in cls if item.media_type == wanted), None)

    @classmethod
    def from_extension(cls, name: str) -> "Format | None":
        """Find the format that the ending of a file name or address stands for.

        >>> Format.from_extension("https://buddy.example/profile.jsonld?version=2").label
        'JSON-LD'
        >>> Format.from_extension("profile.txt") is None
        True
        """
        path = name.partition("#")[0].partition("?")[0]
        ending = path.rpartition("/")[2].rpartition(".")[2].lower()
        return next((item for item in cls if item.extension == ending), None)


def base_media_type(media_type: str) -> str:
    """Take the parameters off a media type.

    >>> base_media_type("Text/HTML ; charset=utf-8")
    'text/html'
    """
    return media_type.partition(";")[0].strip().lower()


def negotiate(accept: str | None, offered: Sequence[str]) -> str | None:
    """Choose what a reader likes best of what can be served; nothing, if nothing suits.

    The most specific range that covers a media type decides its quality, and the order of the offer decides
    between equals (RFC 9110, section 12.5.1). A part of the header that makes no sense counts as absent.

    >>> negotiate("text/turtle;q=0.5, application/ld+json", ["text/turtle", "application/ld+json"])
    'application/ld+json'
    >>> negotiate("text/*, text/turtle;q=0", ["text/turtle", "text/html"])
    'text/html'
    >>> negotiate(None, ["text/html", "text/turtle"])
    'text/html'
    >>> negotiate("image/png", ["text/html"]) is None
    True
    """
    ranges = dict(_ranges(accept or "*/*")) or {"*/*": 1.0}
    best = max(offered, key=lambda media_type: _quality(media_type, ranges), default=None)
    return best if best is not None and _quality(best, ranges) > 0 else None


def _quality(media_type: str, ranges: dict[str, float]) -> float:
    group = media_type.partition("/")[0] + "/*"
    return next((ranges[key] for key in (media_type, group, "*/*") if key in ranges), 0.0)


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = _read_quality(parameters)
        if "/" in media_range and quality is not None:
            yield media_range, quality


def _read_quality(parameters: Iterable[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return _number(value.strip())
    return 1.0


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None

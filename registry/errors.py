"""Everything that can go wrong.

KoepelError
├── NotFoundError     no such programme, standard, document or peer         → HTTP 404
├── GoneError         it was here, and is kept no longer                    → HTTP 410
├── InvalidDataError  the document is not RDF, or not RDF that we accept    → HTTP 422
├── NotAllowedError   the caller or the publisher may not do this           → HTTP 403
├── LimitError        more than one reader gets, or more than can be given  → HTTP 503
└── PeerError         another server is unreachable or breaks the protocol  → HTTP 502; recorded, never fatal

A message says what is wrong, which thing it is about, and what to do next. Each error carries a stable `code`
for programs, the English `template` of its message and the `params` that fill it. The template is at the same
time the key under which the translations are found, so the other languages need no second catalogue of codes.
"""

import unicodedata
from typing import ClassVar

__all__ = [
    "GoneError",
    "InvalidDataError",
    "KoepelError",
    "LimitError",
    "NotAllowedError",
    "NotFoundError",
    "PeerError",
    "fill",
    "printable",
]

LONGEST_PARAMETER = 2_000
LINE_ENDS = {"Zl", "Zp"}


class KoepelError(Exception):
    """Something went wrong, and the message tells a person what to do about it.

    >>> error = InvalidDataError(
    ...     "too-many-statements", "There are more than {limit}. Split the file.", limit=5
    ... )
    >>> error.address = "https://buddy.example/profile.ttl"
    >>> print(error)
    https://buddy.example/profile.ttl: There are more than 5. Split the file.
    """

    status: ClassVar[int] = 500

    def __init__(self, code: str, template: str, /, **params: str | int) -> None:
        # Only these two reach `args`: unpickling calls the class with them and restores the rest by itself.
        super().__init__(code, template)
        self.code = code
        self.template = template
        self.params = params
        self.address: str | None = None

    @property
    def message(self) -> str:
        """The English message, without the address of the document that it is about."""
        return fill(self.template, self.params)

    @property
    def line(self) -> int | None:
        """The line of the document where it goes wrong, counted from one, when it is known."""
        return self._position("line")

    @property
    def column(self) -> int | None:
        """The column in that line, in characters counted from one, when it is known."""
        return self._position("column")

    def _position(self, name: str) -> int | None:
        value = self.params.get(name)
        return value if isinstance(value, int) else None

    def __str__(self) -> str:
        return f"{printable(self.address)}: {self.message}" if self.address else self.message


class NotFoundError(KoepelError):
    """What was asked for is not here."""

    status = 404


class GoneError(KoepelError):
    """What was asked for was here once, and is kept no longer."""

    status = 410


class InvalidDataError(KoepelError):
    """A document cannot be read as a description that the registry accepts."""

    status = 422


class NotAllowedError(KoepelError):
    """The one who asks, or who publishes, may not do this."""

    status = 403


class LimitError(KoepelError):
    """What was asked for takes more time, memory or room than there is for one reader."""

    status = 503


class PeerError(KoepelError):
    """Another server could not be reached, or answered in a way that cannot be used.

    `retry_after` is how many seconds that server asked to be left alone, where it did.
    """

    status = 502
    retry_after: float | None = None


def fill(template: str, params: dict[str, str | int]) -> str:
    """Fill the gaps of a message, in whichever language it is.

    >>> fill("Line {line} reads: {text}", {"line": 3, "text": "a b"})
    'Line 3 reads: a b'
    """
    return template.format_map({name: printable(str(value)) for name, value in params.items()})


def printable(text: str, longest: int = LONGEST_PARAMETER) -> str:
    r"""Show text that strangers wrote so that it cannot disturb a terminal, a log or a page.

    Control characters, and marks that turn the direction of the text, become escapes; long text is cut.

    >>> print(printable("red \x1b[31m, turned \u202e, new\nline"))
    red \u001b[31m, turned \u202e, new\u000aline
    >>> printable("a" * 30, longest=10)
    'aaaaaaaaa…'
    """
    kept = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(_escape(character) if _is_hidden(character) else character for character in kept)


def _is_hidden(character: str) -> bool:
    category = unicodedata.category(character)
    return category.startswith("C") or category in LINE_ENDS


def _escape(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"

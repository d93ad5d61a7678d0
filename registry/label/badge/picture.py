"""The badge of a label as a drawing: which label, at which level, for whom and until when.

A drawing proves nothing; what proves something is the credential inside it (`registry.label.badge.baking`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from registry.errors import printable

__all__ = ["Words", "draw_png", "draw_svg"]

WIDTH: Final = 400
HEIGHT: Final = 176
SCALE: Final = 3
"""How many pixels of the PNG stand for one of the drawing."""
DARK: Final = "#12373f"
DULL: Final = "#5d676a"
"""The ground of a label that does not hold."""
BRIGHT: Final = "#ffffff"
WARM: Final = "#f2b134"
MARGIN: Final = 104
"""Where the words begin, to the right of the dome."""
SIGNS: Final = 26
"""How many signs of the largest writing fit on a line."""
FONTS: Final = Path(__file__).parent / "vendor"
PEOPLE: Final = (38, 66)
HOLLOWS: Final = (28, 52, 76)
HOLLOW: Final = 12
FONT: Final = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif"


@dataclass(frozen=True)
class Words:
    """What stands on a badge, in the language of its reader."""

    language: str
    label: str
    """The scheme and the level."""
    subject: str
    """The initiative."""
    until: str
    """How long the label holds, or that it does not."""
    note: str = ""
    """What else a reader must know at first sight, such as that it is an example."""
    holds: bool = True
    """Whether the label is in force; of one that is not, the badge looks otherwise."""

    @property
    def title(self) -> str:
        """The badge in one line, for those who do not see it."""
        return f"{self.label} – {self.subject}"

    @property
    def ground(self) -> str:
        """The colour behind everything."""
        return DARK if self.holds else DULL

    @property
    def description(self) -> str:
        """What else stands on it."""
        return " ".join(filter(None, (self.until, self.note)))

    def lines(self) -> list[tuple[str, int, str, bool]]:
        """Lay out the words: text, size, colour, and whether it is heavy."""
        label = _short(self.label, 2, SIGNS)
        subject = _short(self.subject, 2, SIGNS + 3)
        small = _short(self.until, 1, SIGNS + 12)
        note = _short(self.note, 1, SIGNS + 12) if self.note else []
        return [
            *((text, 17, BRIGHT, True) for text in label),
            *((text, 15, BRIGHT, False) for text in subject),
            *((text, 12, WARM if self.holds else BRIGHT, False) for text in (*small, *note)),
        ]


def draw_svg(words: Words) -> str:
    """Draw the badge as SVG, with a title and a description for screen readers."""
    lines, height = [], _top(words)
    for text, size, colour, heavy in words.lines():
        height += size + 7
        weight = ' font-weight="700"' if heavy else ""
        lines.append(
            f'<text x="{MARGIN}" y="{height}" font-size="{size}" fill="{colour}"{weight}>'
            f"{escape(text)}</text>"
        )
    title, description = escape(printable(words.title)), escape(printable(words.description))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title description" '
        f'xml:lang="{words.language}" font-family="{FONT}">'
        f'<title id="title">{title}</title><desc id="description">{description}</desc>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="14" fill="{words.ground}"/>'
        f"{_umbrella_svg(words.ground)}{''.join(lines)}</svg>\n"
    )


def draw_png(words: Words) -> bytes:
    """Draw the same badge as PNG, without a browser."""
    image = Image.new("RGBA", (WIDTH * SCALE, HEIGHT * SCALE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, WIDTH * SCALE - 1, HEIGHT * SCALE - 1), 14 * SCALE, fill=words.ground)
    _draw_umbrella(pen, words.ground)
    height = _top(words)
    for text, size, colour, heavy in words.lines():
        height += size + 7
        pen.text((MARGIN * SCALE, height * SCALE), text, colour, _font(size, heavy=heavy), anchor="ls")
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _top(words: Words) -> int:
    """Tell how far from the top the words begin, so that they stand in the middle."""
    return max(6, (HEIGHT - sum(size + 7 for _, size, _, _ in words.lines())) // 2 - 4)


def _umbrella_svg(ground: str) -> str:
    """Draw two people under an umbrella."""
    people = "".join(
        f'<circle cx="{x}" cy="106" r="7" fill="{BRIGHT}"/>'
        f'<path d="M{x - 12} 130 a12 12 0 0 1 24 0 z" fill="{BRIGHT}"/>'
        for x in PEOPLE
    )
    hollows = "".join(f'<circle cx="{x}" cy="88" r="{HOLLOW}" fill="{ground}"/>' for x in HOLLOWS)
    return (
        f'<path d="M16 88 a36 36 0 0 1 72 0 z" fill="{WARM}"/>{hollows}'
        f'<rect x="50" y="44" width="4" height="10" rx="2" fill="{WARM}"/>{people}'
    )


def _draw_umbrella(pen: ImageDraw.ImageDraw, ground: str) -> None:
    def scaled(*values: float) -> tuple[float, ...]:
        return tuple(value * SCALE for value in values)

    pen.pieslice(scaled(16, 52, 88, 124), 180, 360, fill=WARM)
    for x in HOLLOWS:
        pen.ellipse(scaled(x - HOLLOW, 88 - HOLLOW, x + HOLLOW, 88 + HOLLOW), fill=ground)
    pen.rounded_rectangle(scaled(50, 44, 54, 54), 2 * SCALE, fill=WARM)
    for x in PEOPLE:
        pen.ellipse(scaled(x - 7, 99, x + 7, 113), fill=BRIGHT)
        pen.pieslice(scaled(x - 12, 118, x + 12, 142), 180, 360, fill=BRIGHT)


@cache
def _font(size: int, *, heavy: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        FONTS / f"source-sans-3-latin-{700 if heavy else 400}-normal.woff", size * SCALE
    )


def _short(text: str, lines: int, signs: int) -> list[str]:
    """Break a text over a few lines, and cut what has no room.

    >>> _short("A rather long name of a project in a town", 2, 16)
    ['A rather long', 'name of a […]']
    """
    return wrap(printable(" ".join(text.split())), signs, max_lines=lines, placeholder=" […]")

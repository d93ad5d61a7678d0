"""Badges carry their credential, and hostile images carry nothing into the registry."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from registry.errors import InvalidDataError
from registry.label.badge.baking import NAMESPACE, bake_png, bake_svg, unbake_png, unbake_svg
from registry.label.badge.picture import WARM, Words, draw_png, draw_svg
from registry.label.check.reading import LARGEST, read_json, read_label

WORDS = Words("ca", "Llanterna <bàsic>", 'Projecte "l·l" & ñ', "Vàlid fins al 29 de febrer", "Fictici")
CREDENTIAL = '{"a": "é ]]> <b>"}'


def test_a_drawing_carries_its_credential_and_reads_aloud() -> None:
    baked = bake_svg(draw_svg(WORDS), CREDENTIAL)
    tree = ElementTree.fromstring(baked)  # noqa: S314 - our own

    assert read_label(baked.encode()) == {"a": "é ]]> <b>"}
    assert tree.findtext("{http://www.w3.org/2000/svg}title") == WORDS.title
    assert "Vàlid" in (tree.findtext("{http://www.w3.org/2000/svg}desc") or "")
    assert tree.get("role") == "img"


def test_an_image_carries_its_credential_and_stays_an_image() -> None:
    baked = bake_png(draw_png(WORDS), CREDENTIAL)

    assert read_label(baked) == {"a": "é ]]> <b>"}
    assert Image.open(BytesIO(baked)).size == (1200, 528)


def test_every_letter_of_six_languages_can_be_drawn() -> None:
    letters = "àáâäçèéêëíïñòóôöœùúüßÀÉÑÖÜ·’«»–"
    blank, drawn = (draw_png(Words("nl", text, "x", "y")) for text in ("\U0001f600" * len(letters), letters))

    assert blank != drawn


def test_a_label_that_does_not_hold_looks_otherwise() -> None:
    over = replace(WORDS, holds=False)

    assert draw_svg(over) != draw_svg(WORDS)
    assert draw_png(over) != draw_png(WORDS)
    assert WARM not in draw_svg(over).partition("<text")[2]


def chunk(kind: bytes, body: bytes) -> bytes:
    """Write a part of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PLAIN = draw_png(WORDS)
HOSTILE_PNG = {
    "no credential": PLAIN,
    "two credentials": bake_png(bake_png(PLAIN, "{}"), "{}"),
    "broken sum": bake_png(PLAIN, "{}").replace(b"credential\0\0\0\0\0{}", b"credential\0\0\0\0\0[]"),
    "cut off": bake_png(PLAIN, "{}")[:60],
    "length of four gigabytes": PLAIN[:8] + b"\xff\xff\xff\xffiTXt" + b"x" * 40,
    "compressed": PLAIN[:33]
    + chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + zlib.compress(bytes(10_000))),
    "without its parts": PLAIN[:33] + chunk(b"iTXt", b"openbadgecredential\0\0\0"),
    "too many parts": PLAIN[:33] + chunk(b"tEXt", b"") * 10_001,
}


@pytest.mark.parametrize("name", HOSTILE_PNG)
def test_a_broken_image_is_refused(name: str) -> None:
    with pytest.raises(InvalidDataError):
        unbake_png(HOSTILE_PNG[name])


INSIDE = f'<openbadges:credential xmlns:openbadges="{NAMESPACE}">{{}}</openbadges:credential>'
HOSTILE_SVG = {
    "entities": '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;' + INSIDE + "</svg>",
    "file": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;' + INSIDE + "</svg>",
    "nothing inside": "<svg/>",
    "two inside": f"<svg>{INSIDE}{INSIDE}</svg>",
    "another namespace": '<svg><credential xmlns="https://a.example/">{}</credential></svg>',
    "deep": "<svg>" + "<g>" * 100 + INSIDE + "</g>" * 100 + "</svg>",
    "cut off": f"<svg>{INSIDE}",
    "no text": "<svg>\x00</svg>",
}


@pytest.mark.parametrize("name", HOSTILE_SVG)
def test_a_hostile_drawing_is_refused(name: str) -> None:
    with pytest.raises(InvalidDataError):
        unbake_svg(HOSTILE_SVG[name].encode())


def test_a_script_in_a_drawing_is_never_looked_at() -> None:
    text = f'<svg onload="alert(1)"><script>alert(2)</script>{INSIDE}</svg>'

    assert read_label(text.encode()) == {}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"7",
        b"{",
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"a": "\\ud800"}',
        b"\xff\xfe{",
        b'{"a":' * 100 + b"1" + b"}" * 100,
        b'{"a": ' + b"9" * 10_000 + b"}",
        b" " * (LARGEST + 1),
    ],
    ids=["empty", "list", "number", "cut", "twice", "nan", "half", "bytes", "deep", "digits", "huge"],
)
def test_what_is_no_credential_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidDataError):
        read_json(data)

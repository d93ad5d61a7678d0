"""The first look at the bytes: size, compression and characters."""

import gzip
import tracemalloc
import zlib

import pytest

from registry.errors import InvalidDataError
from registry.ingest.guard import Limits, expand, line_around, locate
from tests.registry.ingest.publishing import PROJECT, publish, refusal

MEGABYTES = 1_000_000


def test_a_document_over_the_limit_is_refused_with_the_limit() -> None:
    error = refusal(PROJECT + " " * 6 * MEGABYTES)

    assert error.code == "document-too-large"
    assert "larger than 5000000 bytes" in error.message
    assert "Split it into several documents" in error.message


def test_a_document_of_exactly_the_limit_is_read() -> None:
    assert len(publish(PROJECT, limits=Limits(document_bytes=len(PROJECT))).graph) == 1


@pytest.mark.parametrize("nothing", [b"", b" \r\n\t ", b"\xef\xbb\xbf"])
def test_an_empty_document_is_refused_and_never_taken_for_a_withdrawal(nothing: bytes) -> None:
    error = refusal(nothing)

    assert error.code == "document-empty"
    assert "The document is empty. Check that the file was uploaded whole" in error.message


def test_bytes_that_are_no_utf8_are_refused_with_their_place() -> None:
    error = refusal(b"# first line\n# second\n# caf\xe9\n")

    assert (error.code, error.line) == ("not-utf8", 3)
    assert "byte 27, on line 3" in error.message
    assert "Save the file with the encoding UTF-8" in error.message


def test_text_in_utf16_is_refused_as_no_utf8() -> None:
    assert refusal(PROJECT.encode("utf-16")).code == "not-utf8"


def test_a_byte_order_mark_does_no_harm() -> None:
    assert publish(b"\xef\xbb\xbf" + PROJECT.encode()).digest == publish(PROJECT).digest


def test_a_null_character_is_refused_with_its_line() -> None:
    error = refusal(PROJECT + "\n# \0")

    assert (error.code, error.line) == ("null-character", 2)


def test_a_packed_file_is_unpacked() -> None:
    packed = gzip.compress(PROJECT.encode())

    assert publish(packed, "application/gzip", address="https://buddy.example/p.ttl.gz").canonical


def test_a_gzip_bomb_is_refused_before_it_goes_off() -> None:
    bomb = gzip.compress(bytes(100 * MEGABYTES))

    error = refusal(bomb, "application/gzip")

    assert len(bomb) < MEGABYTES
    assert error.code == "document-too-large"


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_unpacking_stops_at_the_limit(coding: str) -> None:
    packed = gzip.compress(b"a" * 101) if coding == "gzip" else zlib.compress(b"a" * 101)

    assert expand(packed, coding, 101) == b"a" * 101
    with pytest.raises(InvalidDataError, match="larger than 100 bytes"):
        expand(packed, coding, 100)


def test_a_bomb_takes_no_more_memory_than_the_limit() -> None:
    bomb = gzip.compress(bytes(50 * MEGABYTES))
    tracemalloc.start()

    with pytest.raises(InvalidDataError):
        expand(bomb, "gzip", MEGABYTES)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 5 * MEGABYTES


def test_bare_deflate_is_unpacked_too() -> None:
    assert expand(zlib.compress(b"abc")[2:-4], "deflate", 10) == b"abc"


@pytest.mark.parametrize(
    "damaged",
    [gzip.compress(b"abc")[:-3], gzip.compress(b"abc") + b"more", gzip.compress(b"abc") * 2, b"\x1f\x8bno"],
    ids=["cut off", "followed by more", "two members", "no gzip"],
)
def test_damaged_packing_is_refused(damaged: bytes) -> None:
    error = refusal(damaged, "application/gzip")

    assert error.code == "compression-broken"
    assert "packed with gzip" in error.message
    assert "Publish the file again" in error.message


def test_a_place_is_counted_from_one() -> None:
    assert [locate("ab\ncd", index) for index in (0, 1, 3)] == [(1, 1), (1, 2), (2, 1)]


def test_of_a_long_line_the_part_around_the_column_is_shown() -> None:
    line = "a" * 500 + "HERE" + "b" * 500

    shown = line_around(line, line=1, column=502)

    assert "HERE" in shown
    assert len(shown) <= 80

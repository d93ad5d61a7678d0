"""A cursor is a place in one list of one snapshot; whatever was made up is no cursor."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import InvalidDataError
from registry.graphql_api.paging.cursor import Cursor, fingerprint

CURSOR = Cursor("412-3fa91c02", "0a1b2c3d", 19)


def encoded(text: str) -> str:
    """Write a text as a cursor is written."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@given(
    place=st.integers(0, 999_999_999),
    position=st.integers(0),
    list_name=st.from_regex("[0-9a-f]{8}", fullmatch=True),
)
def test_a_cursor_is_read_as_it_was_written(place: int, position: int, list_name: str) -> None:
    cursor = Cursor(f"{position}-3fa91c02", list_name, place)

    assert Cursor.read(cursor.written) == cursor


@pytest.mark.parametrize(
    "written",
    [
        "",
        "page 2",
        CURSOR.written + "=",
        CURSOR.written[:-2],
        CURSOR.written + "AAAA",
        encoded("412-3fa91c02 0a1b2c3d -1"),
        encoded("412-3fa91c02 0a1b2c3d 007"),
        encoded("412-3fa91c02 0a1b2c3d 9999999999"),
        encoded("412-3fa91c02 0A1B2C3D 1"),
        encoded("../secret 0a1b2c3d 1"),
        encoded("412-3fa91c02 0a1b2c3d 1\n"),
        "é",
    ],
)
def test_what_was_made_up_is_no_cursor(written: str) -> None:
    with pytest.raises(InvalidDataError, match="no cursor that the registry has given"):
        Cursor.read(written)


@given(st.text(max_size=60).filter(lambda text: text != CURSOR.written))
def test_no_text_at_all_brings_the_reading_to_a_fall(written: str) -> None:
    with pytest.raises(InvalidDataError):
        Cursor.read(written)


def test_another_list_has_another_fingerprint() -> None:
    assert fingerprint("parts", ("en",)) == fingerprint("parts", ("en",))
    assert fingerprint("parts", ("en",)) != fingerprint("parts", ("nl",))

"""Status lists: long, dense, the same for everybody, and true to the day."""

from __future__ import annotations

from datetime import date

import pytest

from registry.errors import InvalidDataError, NotFoundError
from registry.label.status_list import LIST_BITS, is_set, pack_bits, unpack_bits
from tests.registry.label.play import BODY, Play


def bits(started: Play, purpose: str, number: int = 1) -> bytes:
    """Read a list of the body."""
    return unpack_bits(started.issuer.status_list(BODY, purpose, number)["credentialSubject"]["encodedList"])


def test_a_list_is_as_long_as_the_specification_asks(started: Play) -> None:
    assert len(bits(started, "revocation")) * 8 == LIST_BITS == 131_072


def test_the_same_list_comes_again_byte_for_byte(started: Play) -> None:
    assert started.issuer.status_list(BODY, "revocation", 1) == started.issuer.status_list(
        BODY, "revocation", 1
    )


def test_the_first_place_is_the_leftmost_bit() -> None:
    assert unpack_bits(pack_bits([0]))[0] == 0b1000_0000
    assert unpack_bits(pack_bits([LIST_BITS - 1]))[-1] == 1


def test_only_the_place_of_the_label_is_set(started: Play) -> None:
    started.act("revoke", date(2026, 6, 1))

    assert sum(one.bit_count() for one in bits(started, "revocation")) == 1
    assert is_set(bits(started, "revocation"), 4_711)
    assert not any(bits(started, "suspension"))


def test_a_list_is_as_of_its_day(started: Play) -> None:
    started.act("suspend", date(2026, 6, 1))
    before = Play(started.folder, date(2026, 5, 31))

    assert not any(bits(before, "suspension"))
    assert any(bits(started, "suspension"))


def test_a_label_beyond_the_first_list_stands_in_the_second(started: Play) -> None:
    started.grant("0b1b2c3d4e5f", LIST_BITS + 7)
    started.act("revoke", date(2026, 6, 1), f"{started.address}/case/0b1b2c3d4e5f")

    assert is_set(bits(started, "revocation", 2), 7)
    assert not any(bits(started, "revocation", 1))
    status = started.issuer.credential(started.desk.case("0b1b2c3d4e5f"))["credentialStatus"][0]
    assert (status["statusListIndex"], status["statusListCredential"][-2:]) == ("7", "/2")


def test_there_is_no_list_beyond_the_last(started: Play) -> None:
    for number in (0, 2):
        with pytest.raises(NotFoundError):
            started.issuer.status_list(BODY, "revocation", number)


@pytest.mark.parametrize("place", [-1, LIST_BITS])
def test_a_place_outside_of_the_list_is_refused(place: int) -> None:
    with pytest.raises(InvalidDataError):
        is_set(unpack_bits(pack_bits([])), place)

"""Status lists: for each label one bit that says whether it is revoked, and one whether it is suspended.

The list of a body is long, and the place of a label in it is drawn by lot, so that whoever fetches it learns
nothing about which labels there are, and the body nothing about whose label is being checked (Bitstring
Status List 1.0, <https://www.w3.org/TR/vc-bitstring-status-list/>).
"""

from __future__ import annotations

import gzip
import zlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from registry.errors import InvalidDataError
from registry.label.context import CREDENTIALS
from registry.label.keys.multibase import from_base64url, to_base64url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from registry.certification.life.case import Case

    Json = dict[str, Any]

__all__ = [
    "LIST_BITS",
    "PURPOSES",
    "REVOCATION",
    "SUSPENSION",
    "build_list",
    "is_set",
    "list_address",
    "marked",
    "pack_bits",
    "unpack_bits",
]

LIST_BITS: Final = 131_072
"""How many places a list has: the least that the specification allows (§6.1), 16 KB."""
LARGEST: Final = 2**24
"""The longest list of others that is read, in bytes."""
SECONDS: Final = 300
"""For how long a list may be kept before it is fetched again."""
REVOCATION: Final = "revocation"
SUSPENSION: Final = "suspension"
PURPOSES: Final = (REVOCATION, SUSPENSION)
OVER: Final = frozenset({"revoked", "replaced"})
LEVEL: Final = 9


def list_address(body_page: str, purpose: str, number: int) -> str:
    """Tell where a status list stands.

    >>> list_address("https://labels.example/body/us", "revocation", 1)
    'https://labels.example/body/us/status/revocation/1'
    """
    return f"{body_page}/status/{purpose}/{number}"


def marked(cases: Iterable[Case], erased: Iterable[int], purpose: str) -> frozenset[int]:
    """Tell which places are set for a purpose, on the day on which the cases are looked at.

    A revocation stays for good: a label that comes back after it has another place. The places of labels that
    were erased stay revoked too.
    """
    if purpose == SUSPENSION:
        return frozenset(case.label.index for case in cases if case.label and case.state == "suspended")
    return frozenset(erased) | frozenset(index for case in cases for index in _revoked(case))


def _revoked(case: Case) -> Iterator[int]:
    granted, label = case.last("grant"), case.label
    if granted is None or label is None:
        return
    given = (
        granted.details["index"],
        *(act.details["index"] for act in case.all("overturn") if "index" in act.details),
    )
    yield from (int(one) for one in given if int(one) != label.index)
    if any(state in OVER for _, state in case.states[-1:]):
        yield label.index


def build_list(address: str, issuer: str, purpose: str, places: Iterable[int], day: date) -> Json:
    """Write a status list as it stands on a day, without its proof."""
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": f"{day.isoformat()}T00:00:00Z",
        "validUntil": f"{(day + timedelta(days=1)).isoformat()}T23:59:59Z",
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": pack_bits(places),
            "ttl": SECONDS * 1000,
        },
    }


def pack_bits(places: Iterable[int]) -> str:
    """Write a list as compressed text; the first place is the leftmost bit (§3.3).

    >>> is_set(unpack_bits(pack_bits([7, 131071])), 7), is_set(unpack_bits(pack_bits([7])), 8)
    (True, False)
    """
    bits = bytearray(LIST_BITS // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    return to_base64url(gzip.compress(bytes(bits), LEVEL, mtime=0))


def unpack_bits(encoded: str) -> bytes:
    """Read a list of a stranger; no more is unpacked than a list may hold.

    Raises:
        InvalidDataError: It is no such list, or longer than any list that makes sense.
    """
    try:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        bits = unpacker.decompress(from_base64url(encoded), LARGEST)
    except (ValueError, zlib.error) as error:
        raise _unreadable() from error
    if not unpacker.eof or len(bits) * 8 < LIST_BITS:
        raise _unreadable()
    return bits


def is_set(bits: bytes, place: int) -> bool:
    """Tell whether a place of a list is set.

    Raises:
        InvalidDataError: The list has no such place.
    """
    if not 0 <= place < len(bits) * 8:
        raise _unreadable()
    return bool(bits[place // 8] & 0x80 >> place % 8)


def _unreadable() -> InvalidDataError:
    return InvalidDataError(
        "status-list-unreadable",
        "The status list of the issuer cannot be read: it is damaged, shorter than the standard allows, or "
        "longer than any that makes sense.",
    )

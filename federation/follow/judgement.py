"""What becomes of a text that a member of a stream brings: the same as of one that was fetched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from registry.arrival import receive
from registry.errors import InvalidDataError, KoepelError
from registry.formats import Format
from registry.ingest.document import read_document, take_document
from registry.ingest.remark import Remark
from registry.ledger import Happening
from registry.validation.standard import load_library

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from federation.follow.member import Member
    from registry.arrival import Entry, Known
    from registry.ingest.document import Document
    from registry.ledger import Event

__all__ = ["Case", "judge"]


@dataclass(frozen=True)
class Case:
    """A member with a text, and all that is needed to decide on it in another process."""

    member: Member
    arrived: Event
    """For which source it came, through what, and under which rules it is decided on."""
    known: Known
    on: date


def judge(cases: Sequence[Case]) -> list[Entry]:
    """Decide on texts, each as if it had been fetched from its publisher."""
    return [_judge(case) for case in cases]


def _judge(case: Case) -> Entry:
    try:
        document = _document(case.member)
    except KoepelError as error:
        return replace(case.arrived, happening=Happening.REJECTED, reason=error.message), None
    event, version = receive(case.arrived, document, case.known, load_library(), case.on)
    if event.happening is Happening.HELD and case.member.happening is Happening.RELEASED:
        # A person at the other registry has looked at this very text.
        return replace(event, happening=Happening.RELEASED, reason=_let_in(case.member)), version
    return event, version


def _document(member: Member) -> Document:
    if member.canonical is None:
        return read_document(
            member.text or b"",
            media_type=Format.N_TRIPLES.media_type,
            address=member.address,
            space=member.source,
        )
    document = take_document(member.canonical, address=member.address, space=member.source)
    if document.digest != member.digest:
        raise InvalidDataError(
            "member-altered",
            "The text that came through the stream is not the one that it names: its hash is {found}, and "
            "should be {told}. The registry that sent it has to look into it.",
            found=document.digest,
            told=member.digest or "?",
        )
    return document


def _let_in(member: Member) -> str:
    remark = Remark(
        "released-elsewhere", "A person at {registry} let this text in.", {"registry": member.origin}
    )
    return remark.message

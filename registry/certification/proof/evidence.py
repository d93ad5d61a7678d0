"""The evidence of a case: documents behind a link, and files that stay within the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from registry.certification.life.caseload import read_caseload
from registry.certification.proof import upload
from registry.certification.sight import may_see, unseen
from registry.errors import NotFoundError
from registry.scheme.scheme import months_after

if TYPE_CHECKING:
    from pathlib import Path

    from registry.account.actor import Actor
    from registry.certification.desk import Desk
    from registry.certification.life.act import Act
    from registry.certification.life.case import Case
    from registry.certification.life.caseload import Caseload
    from registry.ledger import Ledger

__all__ = ["Exhibit", "File", "exhibits", "kept_files", "read_evidence", "sweep"]

UPLOAD: Final = "upload"


@dataclass(frozen=True)
class Exhibit:
    """One document of a case, as whoever brought it in described it."""

    number: str
    kind: str
    """A link, or an upload."""
    title: str
    address: str
    """Where a link leads; empty for an upload."""
    media_type: str
    dated: date
    """The day of the document."""
    digest: str
    """The SHA-256 of its bytes, in hexadecimal figures; of a link only where it was given."""
    confidential: bool
    supports: tuple[str, ...]
    """The IRIs of the uses of criteria that it speaks for."""
    added: date
    file: str = ""
    """The name under which the bytes of an upload are kept; it says nothing."""

    @property
    def public(self) -> bool:
        """Tell whether everybody may know of it; never of an upload, whatever was said of it."""
        return self.kind != UPLOAD and not self.confidential

    def is_old(self, day: date, months: int | None) -> bool:
        """Tell whether it is too old on a day to show anything, where a scheme says how old it may be."""
        return months is not None and months_after(self.dated, months) < day


@dataclass(frozen=True)
class File:
    """The bytes of an upload, as they came."""

    exhibit: Exhibit
    data: bytes


def exhibits(case: Case) -> tuple[Exhibit, ...]:
    """List the evidence of a case that was not taken out again, in the order in which it came in."""
    gone = {act.details["number"] for act in case.all("remove-evidence")}
    return tuple(one for act in case.all("add-evidence") if (one := _exhibit(act)).number not in gone)


def read_evidence(desk: Desk, actor: Actor, case: Case, number: str) -> File:
    """Give a party to a case one of the files in it.

    Raises:
        NotFoundError: There is no such file in the case, or no such case for whoever asks.
        StorageError: The file is damaged, or cannot be read.
    """
    if not may_see(actor, case):
        raise unseen(case.number)
    found = next((one for one in exhibits(case) if one.number == number and one.file), None)
    if found is None:
        raise NotFoundError(
            "evidence-unknown",
            "The case {case} holds no file with the number {number} that you can see. Choose one from its "
            "list of evidence.",
            case=case.number,
            number=number,
        )
    return File(found, upload.read(desk.home.folder, found.file))


def kept_files(caseload: Caseload) -> frozenset[str]:
    """Name the files that belong to a case."""
    added, gone = set[str](), set[str]()
    for acts in caseload.acts.values():
        taken = {act.details["number"] for act in acts if act.name == "remove-evidence"}
        for act in acts:
            if act.name == "add-evidence" and (file := str(act.details.get("file", ""))):
                (gone if act.details["number"] in taken else added).add(file)
    return frozenset(added - gone)


def sweep(folder: Path, ledger: Ledger) -> tuple[str, ...]:
    """Destroy the files that belong to no case: what was taken out or erased, or what a crash left behind.

    Whoever calls it is the only one who changes the registry meanwhile.
    """
    found = upload.names(folder)
    kept = kept_files(read_caseload(ledger, ledger.position())) if found else frozenset()
    stray = tuple(name for name in found if name not in kept)
    for name in stray:
        upload.destroy(folder, name)
    return stray


def _exhibit(act: Act) -> Exhibit:
    told = act.details
    return Exhibit(
        number=told["number"],
        kind=told["kind"],
        title=told["title"],
        address=told["address"],
        media_type=told["media_type"],
        dated=date.fromisoformat(told["dated"]),
        digest=told["digest"],
        confidential=told["confidential"],
        supports=tuple(told["supports"]),
        added=act.on,
        file=told.get("file", ""),
    )

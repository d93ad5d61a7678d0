"""Does what somebody wants to do in a case: after every rule was asked, and as one step in the ledger."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from registry.certification.details import Evidence
from registry.certification.guard import Matter, check
from registry.certification.order import Order
from registry.certification.proof import upload as files
from registry.certification.proof.evidence import sweep
from registry.certification.record import acts_for, next_number
from registry.certification.sight import is_applicant, is_body, unseen
from registry.errors import InvalidDataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.account.actor import Actor
    from registry.certification.desk import Desk
    from registry.certification.life.case import Case
    from registry.certification.life.caseload import Caseload

__all__ = ["Order", "conduct"]

NUMBER_BYTES: Final = 6
"""A case has a number of twelve hexadecimal figures, which tells nothing."""


def conduct(desk: Desk, actor: Actor, order: Order, case: str = "", upload: bytes | None = None) -> Case:
    """Do one act, or say why not; give the case as it stands then.

    Args:
        desk: The registry.
        actor: Who acts.
        order: What is to be done, and on which day.
        case: The number or name of the case; empty to open one.
        upload: The bytes of a document that stays within the case.

    Raises:
        NotFoundError: There is no such case for whoever asks.
        NotAllowedError: A rule forbids it; each has a code of its own.
        InvalidDataError: What was said with the act is not in order.
    """
    with desk.home.writing():
        caseload = desk.caseload()
        found = _find(desk, caseload, actor, order, case) if case or order.act != "open" else None
        matter = Matter.of(desk, caseload, actor, order, found)
        check(matter)
        iri = found.iri if found else desk.case_iri(secrets.token_hex(NUMBER_BYTES))
        with _kept(matter, upload) as kept:
            desk.home.ledger.append_all((act.event(), None) for act in acts_for(matter, iri, kept))
        if order.act == "remove-evidence":
            sweep(desk.home.folder, desk.home.ledger)
    return desk.case(iri)


def _find(desk: Desk, caseload: Caseload, actor: Actor, order: Order, named: str) -> Case:
    """Find the case as it stood on the day of the order; nobody learns which cases others have.

    An order for a day before the case began is left to the rule about days.
    """
    now = desk.case(named)
    if not (is_applicant(actor, now) or is_body(actor, now)):
        raise unseen(named)
    return caseload.case(now.iri, order.on) or now


@contextmanager
def _kept(matter: Matter, data: bytes | None) -> Iterator[dict[str, Any]]:
    """Keep the bytes of an upload, and let go of them again when nothing comes of the act."""
    told, case = matter.told, matter.case
    uploads = isinstance(told, Evidence) and told.kind == "upload"
    if uploads != (data is not None):
        raise InvalidDataError(
            "upload-unexpected",
            "A file goes with a document that is an upload, and with nothing else. Add the file, or call the "
            "document a link.",
        )
    if not isinstance(told, Evidence) or case is None:
        yield {}
        return
    number = {"number": next_number(case)}
    if data is None:
        yield number
        return
    found = {"media_type": files.sniff(data), "digest": hashlib.sha256(data).hexdigest(), "address": ""}
    name = files.keep(matter.desk.home.folder, data)
    try:
        yield {**number, **found, "confidential": True, "file": name, "bytes": len(data)}
    except BaseException:
        files.destroy(matter.desk.home.folder, name)
        raise

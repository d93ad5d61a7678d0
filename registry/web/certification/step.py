"""Writes down one act that was filled in, once, and only if the case still is what its reader saw."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from registry.certification.conduct import conduct
from registry.certification.details import DETAILS, Details
from registry.certification.order import Order
from registry.certification.sight import seen_case
from registry.errors import InvalidDataError, KoepelError
from registry.reading.edition import NotReadyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import ClassVar

    from registry.account.actor import Actor
    from registry.certification.desk import Desk
    from registry.certification.life.act import Act
    from registry.certification.life.case import Case
    from registry.web.certification.form import Filled

__all__ = ["begin", "enter", "seen_of"]

BUSY: Final = "registry-busy"
"""What is said of it elsewhere names folders, which are none of a reader's business."""


POSITION: Final = re.compile(r"[0-9]{1,18}")
UNDER_WAY: Final = "case-open-already"


class StaleError(KoepelError):
    """The case is no longer what it was when the form was made."""

    status: ClassVar[int] = 409


def seen_of(case: Case) -> str:
    """Tell how far a case has come in the ledger, for a form to come back with."""
    return str(max(act.position or 0 for act in case.acts))


def begin(desk: Desk, actor: Actor, filled: Filled) -> Case:
    """Begin an application. The same form sent twice begins one."""
    order = _order(desk, filled, "open")
    with _writing(desk):
        try:
            return conduct(desk, actor, order)
        except KoepelError as error:
            if error.code != UNDER_WAY:
                raise
            case = desk.case(str(error.params["case"]))
            if (
                len(case.acts) == 1
                and case.acts[0].actor == actor.account
                and _is_same(case.acts[0], order, None)
            ):
                return case
            raise


def enter(desk: Desk, actor: Actor, number: str, filled: Filled) -> Case:
    """Write down an act. The same form sent twice is written once.

    Raises:
        StaleError: Something else has happened in the case since the form was made.
    """
    order = _order(desk, filled, filled.value("act"))
    with _writing(desk):
        case = seen_case(desk, actor, number)
        if filled.value("seen") == seen_of(case):
            return conduct(desk, actor, order, case.iri, filled.upload)
        if _is_repeated(case, actor, order, filled):
            return case
        raise StaleError(
            "case-moved-on",
            "Something has happened in this case since you opened the page. See below what has changed; if "
            "what you filled in still holds, send it once more.",
        )


def _order(desk: Desk, filled: Filled, act: str) -> Order:
    day = filled.value("on")
    try:
        on = date.fromisoformat(day) if day else desk.today()
    except ValueError:
        raise InvalidDataError(
            "day-wrong", "{day} is no day. Write it as year, month and day, as in 2026-01-31.", day=day
        ) from None
    return Order(act, on, filled.value("reason"), filled.details())


def _is_repeated(case: Case, actor: Actor, order: Order, filled: Filled) -> bool:
    """Tell whether the first thing that happened since the form was made is this very act."""
    seen = filled.value("seen")
    later = [act for act in case.acts if POSITION.fullmatch(seen) and (act.position or 0) > int(seen)]
    first = min(later, key=lambda act: act.position or 0, default=None)
    return first is not None and first.actor == actor.account and _is_same(first, order, filled.upload)


def _is_same(act: Act, order: Order, upload: bytes | None) -> bool:
    """Tell whether an act says what was ordered; what the registry added to it does not matter."""
    if (act.name, act.on, act.reason) != (order.act, order.on, order.reason):
        return False
    try:
        told = DETAILS.get(act.name, Details).model_validate(order.details).model_dump(mode="json")
    except ValidationError:
        return False
    same = all(act.details.get(name) == told[name] for name in order.details)
    return same and (upload is None or act.details.get("digest") == sha256(upload).hexdigest())


@contextmanager
def _writing(desk: Desk) -> Iterator[None]:
    try:
        with desk.home.writing():
            yield
    except KoepelError as error:
        if error.code != BUSY:
            raise
        raise NotReadyError(
            "case-busy", "The registry is busy at this moment. Please send it once more in a minute."
        ) from None

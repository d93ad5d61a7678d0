"""Whether a body may decide under a scheme on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from registry.account.office import CONSOLE
from registry.errors import NotAllowedError

if TYPE_CHECKING:
    from registry.certification.guard.matter import Matter

__all__ = ["check_mandate"]

ASKED: Final = frozenset({"open", "submit", "recommend"})
"""The acts, beside decisions, that would be in vain without a body that may decide."""


def check_mandate(matter: Matter) -> None:
    """Refuse what a body has no mandate for: on the day of the act, and on the day on which it is written.

    A mandate is the owner's to give and to take: it is read in the text of the scheme that counts now, also
    where the case otherwise goes by an older one. Were the day of the act all that counts, a body could go on
    deciding in the past for ever. What it did decide in its time is written at the registry's own machine.
    """
    if not (matter.decides or matter.order.act in ASKED):
        return
    scheme, body = matter.caseload.schemes[matter.start.scheme], matter.start.body
    days = [matter.on] if matter.actor.via == CONSOLE else [matter.on, matter.desk.today()]
    lacking = next((day for day in days if body not in scheme.bodies(day)), None)
    if lacking is not None:
        raise NotAllowedError(
            "mandate-missing",
            "{body} may not decide under the label scheme {scheme} on {day}. On that day these may: "
            "{choices}.",
            body=body,
            scheme=scheme.iri,
            day=lacking.isoformat(),
            choices=", ".join(scheme.bodies(lacking)) or "—",
        )

"""What is written in the ledger for an act: what was said with it, and what the registry adds."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from registry.account.actor import Role
from registry.certification.award import draw_index, freeze
from registry.certification.guard.decision import former, overlapping, term
from registry.certification.life.act import Act
from registry.certification.proof.judgement import version_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.certification.guard.matter import Matter
    from registry.certification.life.case import Case

__all__ = ["FOLLOWS", "acts_for", "next_number"]

FOLLOWS: Final = "replace"
"""The act that the registry writes by itself."""


def acts_for(matter: Matter, case: str, upload: dict[str, Any]) -> Iterator[Act]:
    """Give the acts that are to be written, all in one step: the one that was asked for, and what follows."""
    details = {**_said(matter), **_added(matter), **upload}
    yield _act(matter, case, matter.order.act, details, matter.order.reason.strip())
    if matter.case and matter.order.act == "grant":
        start, _ = term(matter, matter.case)
        for one in overlapping(matter, matter.case, start):
            yield _act(matter, one.iri, FOLLOWS, {"by": case})
    if matter.case and matter.order.act == "overturn" and matter.state != "refused":
        for one in former(matter, matter.case):
            yield _act(matter, case, FOLLOWS, {"by": one.iri})
            return


def _said(matter: Matter) -> dict[str, Any]:
    return matter.told.model_dump(mode="json") if matter.told else {}


def _added(matter: Matter) -> dict[str, Any]:
    """Add what the registry knows and nobody has to say."""
    case, act = matter.case, matter.order.act
    if case is None:
        start = asdict(matter.start)
        return {**start, "scheme_digest": matter.caseload.adopted[start["scheme"]].digest}
    match act:
        case "submit":
            digest = matter.caseload.adopted[case.scheme].digest
            return {"scheme_digest": digest, "version": version_of(matter.desk, case)}
        case "grant":
            return freeze(matter, case)
        case "overturn" if matter.state == "revoked":
            return {"index": draw_index(matter.caseload, case.body)}
        case _:
            return {}


def _act(matter: Matter, case: str, name: str, details: dict[str, Any], reason: str = "") -> Act:
    return Act(
        case=case,
        name=name,
        on=matter.on,
        actor=matter.actor.account,
        behalf=_behalf(matter),
        via=matter.actor.via,
        reason=reason,
        details=details,
    )


def _behalf(matter: Matter) -> str:
    applying = matter.step.roles & {Role.OWNER, Role.PUBLISHER}
    return matter.start.organisation if applying else matter.start.body


def next_number(case: Case) -> str:
    """Number a document in the order in which they come in."""
    return str(len(case.all("add-evidence")) + 1)

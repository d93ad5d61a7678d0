"""What a grant freezes: everything that a label says stays as it was on the day of the decision."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from registry.certification.guard.decision import assessed, term
from registry.certification.guard.demand import conditions_asked, level_asked
from registry.certification.proof.judgement import standard_of, standing, version_of

if TYPE_CHECKING:
    from registry.certification.guard.matter import Matter
    from registry.certification.life.case import Case
    from registry.certification.life.caseload import Caseload
    from registry.certification.proof.judgement import Standing
    from registry.scheme.scheme import Level

__all__ = ["LIST_LENGTH", "draw_index", "freeze"]

LIST_LENGTH: Final = 131_072
"""How many places one status list has (Bitstring Status List 1.0 asks for at least so many)."""


def freeze(matter: Matter, case: Case) -> dict[str, Any]:
    """Gather what belongs to a grant."""
    start, end = term(matter, case)
    level, about = level_asked(matter, case), assessed(matter, case)
    found = standing(matter.desk, case)
    return {
        "level": level.iri,
        "valid_from": start.isoformat(),
        "expires": end.isoformat(),
        "state": _state(matter.caseload, case, level),
        "scheme_digest": _scheme_digest(matter.caseload, case),
        "standard": standard_of(matter.desk, case).token,
        "version": version_of(matter.desk, case),
        "source": about.source if about else str(case.opening.get("source", "")),
        "digest": about.digest if about else "",
        "historic": about is None,
        "assessed": matter.on.isoformat(),
        "outcomes": {str(one.use.iri): _outcome(one) for one in found},
        "conditions": [one.model_dump(mode="json") for one in conditions_asked(matter, case)],
        "index": draw_index(matter.caseload, case.body),
    }


def draw_index(caseload: Caseload, body: str) -> int:
    """Draw a place in the status lists of a body that no label has, or had.

    It is drawn and not counted, so that it tells nobody when a label was granted or next to which one. The
    number of the list and the place in it are quotient and remainder by `LIST_LENGTH`; the next list begins
    when one is half full.
    """
    taken = _taken(caseload, body)
    number = 0
    while sum(number * LIST_LENGTH <= one < (number + 1) * LIST_LENGTH for one in taken) >= LIST_LENGTH // 2:
        number += 1
    while (index := number * LIST_LENGTH + secrets.randbelow(LIST_LENGTH)) in taken:
        continue
    return index


def _taken(caseload: Caseload, body: str) -> set[int]:
    given = (
        act.details["index"]
        for acts in caseload.acts.values()
        if acts[0].details.get("body") == body
        for act in acts
        if "index" in act.details
    )
    return {*caseload.erased_places(body), *given}


def _state(caseload: Caseload, case: Case, level: Level) -> str:
    """Tell a first label from one that follows another, and that from one at a higher level."""
    before = caseload.case(case.renews, case.day) if case.renews else None
    if before is None or before.label is None:
        return "awarded"
    old = caseload.scheme(before).level(before.label.level)
    return "upgraded" if old and level.position > old.position else "renewed"


def _scheme_digest(caseload: Caseload, case: Case) -> str:
    return next(str(act.details["scheme_digest"]) for act in case.acts if act.name == "submit")


def _outcome(one: Standing) -> dict[str, str]:
    """Write down what counted, and how it was decided: by a person too, where no machine could look."""
    mode = "person" if one.mode == "machine" and one.machine is None else one.mode
    numbers = sorted({*one.evidence, *one.seen}, key=int)
    return {"outcome": one.outcome.value, "mode": mode, "trust": one.trust, "evidence": " ".join(numbers)}

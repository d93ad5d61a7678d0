"""What the page of a case shows of it, gathered for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from registry.account.vault import NAME, Vault
from registry.certification.life.way import EXPIRED, load_way
from registry.certification.proof.judgement import standard_of, standing
from registry.report.standard import StandardReader
from registry.validation.assessment import Outcome
from registry.validation.standard import BASIC, MACHINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from registry.account.actor import Actor, Role
    from registry.certification.desk import Desk
    from registry.certification.life.act import Act
    from registry.certification.life.case import Case
    from registry.certification.proof.judgement import Standing
    from registry.validation.standard import CriterionUse, Requirement

__all__ = ["Done", "Group", "Row", "course", "groups", "since", "tone"]

FALLEN: Final = frozenset({"suspended", "revoked", "refused", EXPIRED})
"""States in which there was a label, or nearly, and none holds."""


@dataclass(frozen=True)
class Row:
    """One demand, with what everybody says of it."""

    number: int
    """Its place among all demands of the standard."""
    standing: Standing
    what: str
    """What is asked, as a sentence."""
    machine_then: Outcome | None
    """What the machine found on the day on which the case was handed in last."""
    answered: Mapping[str, Any]
    """What the project said last."""
    found: Mapping[str, Any]
    """What an assessor found last."""

    @property
    def use(self) -> CriterionUse:
        """The use of the criterion."""
        return self.standing.use

    @property
    def is_asked(self) -> bool:
        """Tell whether people have to speak about it: a machine cannot decide, and it concerns them."""
        return self.use.mode != MACHINE and self.concerns

    @property
    def concerns(self) -> bool:
        """Tell whether it concerns a project of this kind, as far as its description tells."""
        return self.standing.machine is not Outcome.NOT_APPLICABLE

    @property
    def is_basic(self) -> bool:
        """Tell whether no label is granted without it."""
        return self.use.level == BASIC

    @property
    def is_open(self) -> bool:
        """Tell whether something remains to be done about it."""
        return self.standing.outcome not in {Outcome.MET, Outcome.NOT_APPLICABLE}


@dataclass(frozen=True)
class Group:
    """A requirement with its demands."""

    requirement: Requirement
    rows: tuple[Row, ...]

    @property
    def asked(self) -> tuple[Row, ...]:
        """The demands about which people have to say something."""
        return tuple(row for row in self.rows if row.is_asked)

    @property
    def shown(self) -> tuple[Row, ...]:
        """The demands that concern the project, or of which somebody has said something."""
        return tuple(row for row in self.rows if row.concerns or row.answered or row.found)

    @property
    def is_open(self) -> bool:
        """Tell whether something basic remains to be done."""
        return any(row.is_basic and row.is_open for row in self.rows)

    @property
    def read(self) -> tuple[Row, ...]:
        """The demands that a machine decides, and that concern the project."""
        return tuple(row for row in self.rows if row.concerns and not row.is_asked)


@dataclass(frozen=True)
class Done:
    """One act as a reader sees it."""

    act: Act
    role: Role | None
    """In which role it was done; None, if the registry did it by itself."""
    name: str
    """Who did it, for readers from the same organisation alone."""


def groups(desk: Desk, case: Case, language: str) -> tuple[Group, ...]:
    """Lay out requirement by requirement where a case stands."""
    standard = standard_of(desk, case)
    sentences = StandardReader(desk.rulebook, language, case.day).standard(standard).rows
    then = _machine_then(desk, case)
    answered = _last_said(case.all("self-assess"), "answers")
    found = _last_said(case.all("read-documents", "audit"), "judgements")
    rows = [
        Row(
            number=number,
            standing=one,
            what="; ".join(sentence[2:]),
            machine_then=then.get(str(one.use.iri)),
            answered=answered.get(str(one.use.iri), {}),
            found=found.get(str(one.use.iri), {}),
        )
        for number, (one, sentence) in enumerate(zip(standing(desk, case), sentences, strict=True))
    ]
    return tuple(
        Group(one, tuple(row for row in rows if row.standing.requirement.iri == one.iri))
        for one in standard.requirements
    )


def course(desk: Desk, case: Case, actor: Actor) -> list[Done]:
    """Tell what has happened, the last first; people are named to those of their own organisation alone."""
    known, own = desk.caseload().grants, actor.organisations()
    names = _names(desk, {act.actor for act in case.acts if act.behalf and act.behalf in own})
    done = []
    for act in reversed(case.acts):
        step = load_way().steps.get(act.name)
        allowed = sorted(step.roles) if step else []
        held = {grant.role for grant in known.get(act.actor, ())}
        roles = [role for role in allowed if role in held] or allowed
        named = names.get(act.actor, "") if act.behalf in own else ""
        done.append(Done(act, roles[0] if roles else None, named))
    return done


def since(case: Case) -> date:
    """Tell since which day a case has stood where it stands."""
    if case.state == EXPIRED and case.label:
        return case.label.expires + timedelta(days=1)
    return case.states[-1][0]


def tone(state: str) -> str:
    """Choose the look of a state; the word beside it says the same.

    >>> tone("awarded"), tone("suspended"), tone("applied"), tone("withdrawn")
    ('met', 'not-met', 'needs-person', 'none')
    """
    if state in load_way().in_force:
        return "met"
    if state in FALLEN:
        return "not-met"
    return "needs-person" if state in load_way().steps["withdraw"].leads else "none"


def _machine_then(desk: Desk, case: Case) -> Mapping[str, Outcome | None]:
    submitted = case.last("submit")
    before = case.on(submitted.on) if submitted else None
    return {str(one.use.iri): one.machine for one in standing(desk, before)} if before else {}


def _last_said(acts: Iterable[Act], name: str) -> dict[str, Mapping[str, Any]]:
    return {one["use"]: one for act in acts for one in act.details.get(name, ())}


def _names(desk: Desk, accounts: set[str]) -> dict[str, str]:
    """Find out what accounts are called; one that was erased has no name any more."""
    folder = desk.home.folder
    if not accounts or not (folder / NAME).exists():
        return {}
    with Vault(folder) as vault:
        rows = vault.rows("SELECT iri, name FROM account")
    return {row["iri"]: row["name"] for row in rows if row["iri"] in accounts}

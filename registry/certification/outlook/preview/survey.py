"""Asks of every labelled project what would become of its label under another version of the standard."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from registry.certification.outlook.preview.change import Basis, Change
from registry.certification.outlook.preview.trial import Trial, run
from registry.certification.proof.judgement import CONFIRMED, Standing
from registry.errors import NotFoundError
from registry.scheme.scheme import Level
from registry.validation.assessment import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor
    from datetime import date

    from rdflib import URIRef

    from registry.certification.desk import Desk
    from registry.certification.life.case import Case, Label
    from registry.certification.life.caseload import Caseload
    from registry.ledger import Ledger
    from registry.validation.standard import CriterionUse, Library, Standard

__all__ = ["preview"]


def preview(
    desk: Desk,
    token: str,
    version: str,
    day: date | None = None,
    *,
    basis: Basis = Basis.TODAY,
    library: Library | None = None,
    only: Callable[[Case], bool] | None = None,
    executor: Executor | None = None,
) -> tuple[Change, ...]:
    """Tell for every project with a label by a standard what another version would mean for it.

    Args:
        desk: The registry.
        token: The standard by its short name.
        version: The number of the version to try.
        day: The labels in force on this day, and what was published then; today if none is said.
        basis: Which descriptions are looked at.
        library: Standards among which is a draft; without them those that are installed.
        only: Which cases are looked at; without it all. Of the others nothing is worked out.
        executor: Processes that share the work.

    Raises:
        NotFoundError: There is no such standard or version, or it lacks one by which a label was granted.
    """
    on, rules = day or desk.today(), library or desk.rulebook
    standard, caseload = rules.standard(token).at(version), desk.caseload()
    labels = list(_labels(caseload, token, on, only))
    chosen = _chosen(desk, [label for _, label in labels], on, basis)
    trials = (
        _trial(desk.home.ledger, label, digest)
        for (_, label), (digest, _) in zip(labels, chosen, strict=True)
    )
    found = run(trials, rules, standard, on, executor)
    return tuple(
        _change(caseload, case, standard, about, machine)
        for (case, _), about, machine in zip(labels, chosen, found, strict=True)
    )


def _labels(
    caseload: Caseload, token: str, on: date, only: Callable[[Case], bool] | None
) -> Iterator[tuple[Case, Label]]:
    """Go through the labels by a standard that are in force on a day, with their cases."""
    for case in caseload.cases(on):
        if (only is None or only(case)) and case.in_force and case.label and case.label.standard == token:
            yield case, case.label


def _trial(ledger: Ledger, label: Label, digest: str) -> Trial:
    """Say what is to be looked at in a description, of which the digest is given."""
    anew = digest != label.digest or not label.outcomes
    return Trial(_text(ledger, digest), label.subject, label.version, label.assessed, anew=anew)


def _chosen(desk: Desk, labels: Sequence[Label], on: date, basis: Basis) -> list[tuple[str, Basis]]:
    """Choose for each label which description to look at; the one assessed, if none is published."""
    published = _published(desk.home.ledger, on, desk.today()) if basis is Basis.TODAY else {}
    return [
        (published[label.source], Basis.TODAY)
        if label.source in published
        else (label.digest, Basis.ASSESSED)
        for label in labels
    ]


def _published(ledger: Ledger, on: date, today: date) -> dict[str, str]:
    """Tell which version of each source readers saw at the end of a day."""
    end = datetime.combine(on + timedelta(days=1), time(), UTC) - timedelta(microseconds=1)
    until = ledger.position_at(end) if on < today else None
    return {source: one.digest for source, one in ledger.published(until=until).items()}


def _text(ledger: Ledger, digest: str) -> bytes:
    """Read a version of a description; nothing, where it was erased or where a label of old had none."""
    try:
        return ledger.version(digest).canonical if digest else b""
    except NotFoundError:
        return b""


def _change(
    caseload: Caseload,
    case: Case,
    standard: Standard,
    about: tuple[str, Basis],
    machine: Mapping[str, Outcome],
) -> Change:
    label = case.label
    assert label is not None and standard.version is not None  # noqa: S101, PT018 - chosen so by `preview`
    scheme, before = caseload.scheme(case), standard.at(label.version)
    return Change(
        case=case,
        version=standard.version.number,
        basis=about[1],
        digest=about[0],
        before=tuple(_standings(before, before, label, machine, case.day)),
        after=tuple(_standings(standard, before, label, machine, case.day)),
        level=scheme.level(label.level) or Level(label.level, {}, 1),
        covered=frozenset(_covered(case, label)),
    )


def _standings(
    asked: Standard, before: Standard, label: Label, machine: Mapping[str, Outcome], day: date
) -> Iterator[Standing]:
    """Tell of every demand how the project stands with it: what people judged, and what a machine finds."""
    for requirement in asked.requirements:
        for use in requirement.uses:
            told = label.outcomes.get(str(_judged_as(use, before, label)), {})
            frozen = Outcome(told["outcome"]) if told else None
            yield Standing(
                requirement=requirement,
                use=use,
                answer="",
                evidence=(),
                judged=frozen if told.get("trust") == CONFIRMED else None,
                seen=(),
                machine=machine.get(str(use.iri), frozen),
                day=day,
            )


def _judged_as(use: CriterionUse, before: Standard, label: Label) -> URIRef:
    """Name the use under which something was judged: itself, or one that asked exactly the same elsewhere."""
    if str(use.iri) in label.outcomes:
        return use.iri
    alike = (one.iri for one in before.uses if _essence(one) == _essence(use))
    return next(alike, use.iri)


def _essence(use: CriterionUse) -> tuple[object, ...]:
    return use.criterion.iri, use.mode, use.judges, use.conditions, use.thresholds


def _covered(case: Case, label: Label) -> Iterator[str]:
    granted = case.last("grant")
    asked = granted.details.get("conditions", ()) if granted else ()
    for told, condition in zip(asked, label.conditions, strict=True):
        if condition.met is None:
            yield from told.get("uses", ())

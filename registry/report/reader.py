"""Says in one reader's language what a check found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Literal
from rdflib.namespace import SH

from registry.draft import DRAFT_SITE
from registry.report.naming import Names, choose
from registry.report.snippet import paste, prefix_lines
from registry.report.view import (
    Advice,
    AskedView,
    ComingView,
    Gap,
    Place,
    ReportView,
    RequirementView,
    RowView,
    ScorecardView,
    Severity,
    StandardView,
)
from registry.translation import explain
from registry.validation.assessment import Outcome
from registry.validation.composition import fill
from registry.validation.standard import ADDITIONAL, BASIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.check import Checked
    from registry.validation.assessment import Assessment, Finding, Row, Scorecard
    from registry.validation.standard import CriterionUse, Requirement, Standard

__all__ = ["tell"]


def tell(checked: Checked, language: str, document: str | None = None) -> ReportView:
    """Say in a language what a check found; the document goes by a name that people know, or its address."""
    reader = Reader(checked, language)
    standards = tuple(reader.standard(one) for one in checked.assessments)
    snippets = [
        advice.snippet
        for one in standards
        for requirement in (
            *one.requirements,
            *(each for coming in one.coming for each in coming.requirements),
        )
        for advice in requirement.advice
    ]
    return ReportView(
        document=document or checked.document.address,
        language=language,
        on=checked.on,
        conforms=checked.conforms,
        standards=standards,
        remarks=tuple(explain(remark, language) for remark in checked.remarks),
        prefixes=prefix_lines(snippets),
    )


class Reader:
    """Turns what a check found into words for one reader."""

    def __init__(self, checked: Checked, language: str) -> None:
        self.language = language
        self.shapes = checked.rulebook.graph
        self.names = Names(checked.document.graph, language)
        address = checked.document.address
        self.base = address if address.startswith(DRAFT_SITE) else None

    def standard(self, assessment: Assessment) -> StandardView:
        """Say where a description stands against one standard."""
        return StandardView(
            token=assessment.standard.token,
            title=choose(assessment.standard.titles, self.language),
            conforms=assessment.conforms,
            scorecards=tuple(self._scorecard(one) for one in assessment.scorecards),
            requirements=self._requirements(assessment.standard, assessment.findings, assessment.scorecards),
            coming=tuple(self._coming(assessment)),
        )

    def _coming(self, assessment: Assessment) -> Iterator[ComingView]:
        """Say what is announced; what a version retires has the outcome that it has until then."""
        before = assessment.scorecards
        for one in assessment.coming:
            yield ComingView(
                version=one.version.number,
                counts_from=one.version.counts_from,
                note=choose(one.version.notes, self.language),
                conforms=one.conforms,
                added=self._asked(one.added, one.scorecards),
                retired=self._asked(one.retired, before),
                requirements=self._requirements(one.added, one.findings, one.scorecards),
            )
            before = one.scorecards

    def _asked(self, standard: Standard, cards: tuple[Scorecard, ...]) -> tuple[AskedView, ...]:
        outcomes = [(use.iri, found) for card in cards for row in card.rows for use, found in row.criteria]
        return tuple(
            AskedView(
                requirement=requirement.identifier,
                title=choose(requirement.titles, self.language),
                criterion=use.criterion.identifier,
                name=self._fill(use.criterion.names, use),
                level=use.level.rpartition("/")[2],
                outcome=Outcome.worst(found for iri, found in outcomes if iri == use.iri),
            )
            for requirement in standard.requirements
            for use in requirement.uses
        )

    def _requirements(
        self, standard: Standard, findings: tuple[Finding, ...], cards: tuple[Scorecard, ...]
    ) -> tuple[RequirementView, ...]:
        """Say what is to mend, and what a person has to judge, in the order of the requirements."""
        told = (self._requirement(one, findings, cards) for one in standard.requirements)
        return tuple(one for one in told if one.advice or one.judgements)

    def _scorecard(self, card: Scorecard) -> ScorecardView:
        rows = tuple(self._row(row) for row in card.rows)
        return ScorecardView(self.names.thing(card.subject), card.outcome, rows)

    def _row(self, row: Row) -> RowView:
        levels = {use.level for use, _ in row.criteria}
        return RowView(
            identifier=row.requirement.identifier,
            title=choose(row.requirement.titles, self.language),
            basic=row.basic if BASIC in levels else None,
            additional=row.additional if ADDITIONAL in levels else None,
        )

    def _requirement(
        self, requirement: Requirement, findings: tuple[Finding, ...], cards: tuple[Scorecard, ...]
    ) -> RequirementView:
        found = [one for one in findings if one.requirement is requirement]
        uses = [use for use in requirement.uses if any(one.check.use is use for one in found)]
        uses.sort(key=lambda use: use.level != BASIC)
        return RequirementView(
            identifier=requirement.identifier,
            title=choose(requirement.titles, self.language),
            advice=tuple(self._advice(use, [one for one in found if one.check.use is use]) for use in uses),
            judgements=self._judgements(requirement, cards),
        )

    def _judgements(self, requirement: Requirement, cards: tuple[Scorecard, ...]) -> tuple[str, ...]:
        uses = {use.iri for use in requirement.uses}
        judged = [one for card in cards for row in card.rows for one in row.criteria]
        waiting = [use for use, outcome in judged if use.iri in uses and outcome is Outcome.NEEDS_PERSON]
        return tuple(dict.fromkeys(self._fill(use.criterion.names, use) for use in waiting))

    def _advice(self, use: CriterionUse, findings: list[Finding]) -> Advice:
        by_shape: dict[str, list[Finding]] = {}
        for finding in findings:
            by_shape.setdefault(finding.check.shape, []).append(finding)
        return Advice(
            criterion=use.criterion.identifier,
            name=self._fill(use.criterion.names, use),
            severity=Severity.MUST if use.level == BASIC else Severity.ADVICE,
            gaps=tuple(self._gap(use, same) for _, same in sorted(by_shape.items())),
            suggestion=self._fill(use.criterion.suggestions, use),
            snippet=paste(use, findings[0].result.focus, self.base),
        )

    def _gap(self, use: CriterionUse, findings: list[Finding]) -> Gap:
        messages = self.shapes.objects(findings[0].check.shape, SH.message)
        texts = {one.language or "": str(one) for one in messages if isinstance(one, Literal)}
        places = dict.fromkeys(self._place(one) for one in findings)
        return Gap(self._fill(texts, use), findings[0].outcome, tuple(places))

    def _place(self, finding: Finding) -> Place:
        focus, value = finding.result.focus, finding.result.value
        return Place(
            thing=self.names.thing(focus),
            property=self.names.path(self.shapes, finding.check.path),
            value="" if value is None or value == focus else self.names.value(value),
        )

    def _fill(self, texts: dict[str, str], use: CriterionUse) -> str:
        return fill(choose(texts, self.language), use.thresholds, self.language)

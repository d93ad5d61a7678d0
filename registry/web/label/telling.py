"""Says what came of checking a label: sentence by sentence, and requirement by requirement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.label.check.repetition import is_fictitious, standard_asked
from registry.label.check.verification import names_of
from registry.reading.text import translated
from registry.translation import Translator, explain
from registry.vocabulary import CODE, Labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.label.check.machine import Compared
    from registry.label.check.verification import Finding, Verdict
    from registry.validation.standard import Library, Requirement

__all__ = ["Requirements", "by_requirement", "caution", "headline", "mark", "sentence", "tell"]

SIGNS = {True: "✓", False: "✗", None: "–"}


@dataclass(frozen=True)
class Requirements:
    """One requirement of the standard, and what the machine found for its criteria: then, and again now."""

    requirement: Requirement
    title: str
    compared: tuple[tuple[str, Compared], ...]
    """Each criterion by its name."""

    @property
    def same(self) -> bool:
        """Tell whether the machine says the same again of all of them."""
        return all(one.same for _, one in self.compared)


def tell(verdict: Verdict, library: Library, language: str) -> str:
    """Say it in lines of text."""
    told = [headline(verdict, language), *filter(None, [caution(verdict, language)]), ""]
    return "\n".join([*told, *_findings(verdict, language), *_rows(verdict, library, language)])


def headline(verdict: Verdict, language: str) -> str:
    """Say in one sentence whether the label holds, and whose it is."""
    _ = Translator("web", language)
    subject = verdict.credential.get("credentialSubject")
    told = subject if isinstance(subject, dict) else {}
    holder = names_of(told.get("name"), language) or str(told.get("id", ""))
    label = names_of(verdict.credential.get("name"), language)
    if not verdict.findings[0].passed:
        return _("This is not proven to be a label. Do not rely on what it says.")
    if verdict.valid:
        return _("The label holds: {label}, for {holder}.", label=label, holder=holder)
    return _("The label does not hold today: {label}, for {holder}.", label=label, holder=holder)


def caution(verdict: Verdict, language: str) -> str:
    """Say of a label under a made-up scheme that it is one, however right its signature; else nothing."""
    if not is_fictitious(verdict.credential):
        return ""
    _ = Translator("web", language)
    return _("This is a made-up example. Nobody has awarded this label.")


def mark(finding: Finding) -> str:
    """Give a sign for what came of one look."""
    return SIGNS[finding.passed]


def sentence(finding: Finding, language: str) -> str:
    """Say what came of one look, and what kept it from being one."""
    causes = [explain(finding.cause, language)] if finding.cause else []
    return " ".join([explain(finding.remark, language), *causes])


def by_requirement(verdict: Verdict, library: Library, language: str) -> Iterator[Requirements]:
    """Sort what the machine found again under the requirements of the standard."""
    token, version = standard_asked(verdict.credential)
    if not verdict.compared:
        return
    found = {one.use: one for one in verdict.compared}
    for requirement in library.standard(token).at(version).requirements:
        compared = tuple(
            (translated(use.criterion.names, language).value, found[str(use.iri)])
            for use in requirement.uses
            if str(use.iri) in found
        )
        if compared:
            title = f"{requirement.identifier}. {translated(requirement.titles, language)}"
            yield Requirements(requirement, title, compared)


def _findings(verdict: Verdict, language: str) -> list[str]:
    return [f"{mark(one)} {sentence(one, language)}" for one in verdict.findings]


def _rows(verdict: Verdict, library: Library, language: str) -> list[str]:
    _ = Translator("web", language)
    lines = []
    for row in by_requirement(verdict, library, language):
        lines.append(f"  {SIGNS[row.same]} {row.title}: {_('the same') if row.same else _('different')}")
        for name, one in row.compared:
            before, now = _word(one.before, language), _word(one.now, language) or "–"
            if not one.same:
                told = _("{criterion}: {before} then, {now} now", criterion=name, before=before, now=now)
                lines.append(f"      {told}")
    return ["", *lines] if lines else []


def _word(outcome: str, language: str) -> str:
    return Labels().label(CODE[f"outcome/{outcome}"], language) if outcome else ""

"""Reports and standards for programs, as JSON with keys that stay as they are.

A check:

    {"reports": [{
       "document", "language", "on" (a date), "conforms",
       "standards": [{
         "token", "title", "conforms",
         "scorecards": [{"initiative", "outcome",
                         "basic": {outcome: count}, "additional": {outcome: count},
                         "rows": [{"identifier", "title", "basic", "additional"}]}],
         "requirements": [{"identifier", "title", "judgements": [text],
                           "advice": [{"criterion", "name", "severity", "suggestion", "snippet",
                                       "gaps": [{"message", "outcome", "places":
                                                 [{"thing", "property", "value"}]}]}]}]}],
       "remarks": [text], "prefixes": [text]}]}

An outcome is `not-met`, `needs-evidence`, `needs-person`, `met` or `not-applicable`; null in a row where
the standard asks nothing at that level. A severity is `must` or `advice`. All places are listed.

Standards:

    {"standards": [{
       "iri", "token", "title", "description",
       "requirements": [{"iri", "identifier", "title",
                         "criteria": [{"iri", "criterion", "name", "level", "mode", "thresholds":
                                       [{"parameter", "value", "months"}]}]}]}]}

A level is `basic` or `additional`, a mode `machine`, `evidence` or `person`. Values are texts; `months` is
null except for a greatest age.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from registry.report.naming import choose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from registry.report.view import ReportView
    from registry.validation.standard import CriterionUse, Standard

__all__ = ["render", "render_standards"]


def render(views: Sequence[ReportView]) -> str:
    """Write the results of checks as one JSON object."""
    return _write({"reports": [_report(one) for one in views]})


def render_standards(standards: Sequence[Standard], language: str) -> str:
    """Write what standards ask as one JSON object."""
    return _write({"standards": [_standard(one, language) for one in standards]})


def _write(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")


def _report(view: ReportView) -> dict[str, Any]:
    told = asdict(view)
    for standard, its_view in zip(told["standards"], view.standards, strict=True):
        for card, its_card in zip(standard["scorecards"], its_view.scorecards, strict=True):
            card |= {"basic": its_card.basic, "additional": its_card.additional}
    return told


def _standard(standard: Standard, language: str) -> dict[str, Any]:
    requirements = [
        {
            "iri": str(one.iri),
            "identifier": one.identifier,
            "title": choose(one.titles, language),
            "criteria": [_use(use, language) for use in one.uses],
        }
        for one in standard.requirements
    ]
    return {
        "iri": str(standard.iri),
        "token": standard.token,
        "title": choose(standard.titles, language),
        "description": choose(standard.descriptions, language),
        "requirements": requirements,
    }


def _use(use: CriterionUse, language: str) -> dict[str, Any]:
    thresholds = [
        {"parameter": str(one.parameter), "value": str(one.value), "months": one.months}
        for one in use.thresholds
    ]
    return {
        "iri": str(use.iri),
        "criterion": use.criterion.identifier,
        "name": choose(use.criterion.names, language),
        "level": use.level.rpartition("/")[2],
        "mode": use.mode.rpartition("/")[2],
        "thresholds": thresholds,
    }

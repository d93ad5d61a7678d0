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
                                                 [{"thing", "property", "value"}]}]}]}],
         "coming": [{"version", "counts_from" (a date), "note", "conforms",
                     "added": [{"requirement", "title", "criterion", "name", "level", "outcome"}],
                     "retired": [as in "added"],
                     "requirements": [as above]}]}],
       "remarks": [text], "prefixes": [text]}]}

What is coming is announced and does not count yet; its `conforms` says whether anything basic would be
missing if it did, and its `requirements` how to mend what it adds.

An outcome is `not-met`, `needs-evidence`, `needs-person`, `met` or `not-applicable`; null in a row where
the standard asks nothing at that level. A severity is `must` or `advice`. All places are listed.

Standards:

    {"standards": [{
       "iri", "token", "title", "description", "version",
       "versions": [{"version", "announced", "counts_from", "note"}],
       "requirements": [{"iri", "identifier", "title",
                         "criteria": [{"iri", "criterion", "name", "level", "mode",
                                       "counts_from", "counts_until", "thresholds":
                                       [{"parameter", "value", "months"}]}]}]}]}

A level is `basic` or `additional`, a mode `machine`, `evidence` or `person`. Values are texts; `months` is
null except for a greatest age. `version` is the one that counts, and `versions` are all that there were and
that are announced; a date is null where it was always so. Of a use that is announced, `counts_from` tells
from which day it counts, and `counts_until` tells of one that is to go from which day it does no longer;
both are null for all others.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from registry.report.naming import choose
from registry.validation.version import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from registry.report.view import ReportView
    from registry.validation.standard import CriterionUse, Standard, Version

__all__ = ["render", "render_standards"]


def render(views: Sequence[ReportView]) -> str:
    """Write the results of checks as one JSON object."""
    return _write({"reports": [_report(one) for one in views]})


def render_standards(standards: Sequence[Standard], language: str, on: date) -> str:
    """Write what standards ask on a day, and what is announced by then, as one JSON object."""
    return _write({"standards": [_standard(one, language, on) for one in standards]})


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


def _standard(standard: Standard, language: str, on: date) -> dict[str, Any]:
    shown = standard if standard.version else standard.visible(on)
    requirements = [
        {
            "iri": str(one.iri),
            "identifier": one.identifier,
            "title": choose(one.titles, language),
            "criteria": [_use(use, language) | _change(shown, use, on) for use in one.uses],
        }
        for one in shown.requirements
    ]
    return {
        "iri": str(standard.iri),
        "token": standard.token,
        "title": choose(standard.titles, language),
        "description": choose(standard.descriptions, language),
        "version": (standard.version or standard.version_on(on)).number,
        "versions": [_version(one, language) for one in standard.versions if one.announced <= on],
        "requirements": requirements,
    }


def _version(version: Version, language: str) -> dict[str, Any]:
    return {
        "version": version.number,
        "announced": None if version.announced == ALWAYS else version.announced,
        "counts_from": None if version.counts_from == ALWAYS else version.counts_from,
        "note": choose(version.notes, language),
    }


def _change(standard: Standard, use: CriterionUse, on: date) -> dict[str, Any]:
    begin, end = (None, None) if standard.version else (standard.begins(use, on), standard.ends(use, on))
    return {
        "counts_from": begin.counts_from if begin else None,
        "counts_until": end.counts_from if end else None,
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

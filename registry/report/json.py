"""The report for programs, as JSON with keys that stay as they are.

    {"reports": [{
       "document", "language", "on" (a date), "conforms",
       "standards": [{
         "token", "title", "conforms",
         "scorecards": [{"initiative", "outcome", "basic": {outcome: count}, "additional": {outcome: count},
                         "rows": [{"identifier", "title", "basic", "additional"}]}],
         "requirements": [{"identifier", "title", "judgements": [text],
                           "advice": [{"criterion", "name", "severity", "suggestion", "snippet",
                                       "gaps": [{"message", "outcome",
                                                 "places": [{"thing", "property", "value"}]}]}]}]}],
       "remarks": [text], "prefixes": [text]}]}

An outcome is `not-met`, `needs-evidence`, `needs-person`, `met` or `not-applicable`, and null in a row where the
standard asks nothing at that level. A severity is `must` or `advice`. All places are listed, however many.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from registry.report.view import ReportView

__all__ = ["render"]


def render(views: Sequence[ReportView]) -> str:
    """Write reports as one JSON object."""
    return json.dumps({"reports": [_report(one) for one in views]}, ensure_ascii=False, indent=2, default=_plain)


def _report(view: ReportView) -> dict[str, Any]:
    told = asdict(view)
    for standard, its_view in zip(told["standards"], view.standards, strict=True):
        for card, its_card in zip(standard["scorecards"], its_view.scorecards, strict=True):
            card |= {"basic": its_card.basic, "additional": its_card.additional}
    return told


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")

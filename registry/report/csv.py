"""The report for a spreadsheet: a row per requirement, per place where something is missing, per remark.

Cells that a spreadsheet would take for a formula get an apostrophe in front, because names and values come
from strangers (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from registry.report.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from registry.report.view import Advice, ComingView, ReportView, RequirementView, StandardView

__all__ = ["render", "write_rows"]

COLUMNS: Final = (
    "document",
    "standard",
    "row",
    "requirement",
    "title",
    "basic",
    "additional",
    "criterion",
    "severity",
    "outcome",
    "message",
    "thing",
    "property",
    "value",
    "suggestion",
    "snippet",
)
"""The names of the columns stay in English, so that one spreadsheet fits every language."""
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def render(views: Sequence[ReportView]) -> str:
    """Write reports as one table; the column `row` says requirement, finding, judgement or remark.

    What is announced and does not count yet has rows of its own: announced, announced finding and announced
    judgement.
    """
    rows = [row for view in views for row in _rows(view)]
    return write_rows(COLUMNS, ([row.get(column, "") for column in COLUMNS] for row in rows))


def write_rows(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    r"""Write a table as RFC 4180 has it, with no cell that a spreadsheet would run.

    >>> write_rows(["name"], [["=1+1"], ["The Bridge"]])
    "name\r\n'=1+1\r\nThe Bridge\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue()


def neutral(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _rows(view: ReportView) -> Iterator[dict[str, str]]:
    for standard in view.standards:
        for row in _standard_rows(standard, Words(view.language)):
            yield {"document": view.document, "standard": standard.token, **row}
    for remark in view.remarks:
        yield {"document": view.document, "row": "remark", "message": remark}


def _standard_rows(standard: StandardView, words: Words) -> Iterator[dict[str, str]]:
    for card in standard.scorecards:
        for row in card.rows:
            yield {
                "row": "requirement",
                "thing": card.initiative,
                "requirement": row.identifier,
                "title": row.title,
                "basic": words.outcome(row.basic),
                "additional": words.outcome(row.additional),
            }
    yield from _requirement_rows(standard.requirements, words)
    for coming in standard.coming:
        yield from _coming_rows(coming, words)


def _coming_rows(coming: ComingView, words: Words) -> Iterator[dict[str, str]]:
    """Give a row to all that is announced; none of these rows counts yet."""
    for uses, message in (
        (coming.added, words.counts_from(coming.counts_from)),
        (coming.retired, words.counts_until(coming.counts_from)),
    ):
        for asked in uses:
            yield {
                "row": "announced",
                "requirement": asked.requirement,
                "title": asked.title,
                asked.level: words.outcome(asked.outcome),
                "criterion": asked.criterion,
                "outcome": words.outcome(asked.outcome),
                "message": f"{asked.name}: {message}",
            }
    for row in _requirement_rows(coming.requirements, words):
        yield row | {"row": f"announced {row['row']}"}


def _requirement_rows(requirements: Iterable[RequirementView], words: Words) -> Iterator[dict[str, str]]:
    for requirement in requirements:
        for found in _finding_rows(requirement, words):
            yield {"requirement": requirement.identifier, "title": requirement.title, **found}


def _finding_rows(requirement: RequirementView, words: Words) -> Iterator[dict[str, str]]:
    for advice in requirement.advice:
        yield from _advice_rows(advice, words)
    for judgement in requirement.judgements:
        yield {"row": "judgement", "message": judgement}


def _advice_rows(advice: Advice, words: Words) -> Iterator[dict[str, str]]:
    for gap in advice.gaps:
        for place in gap.places:
            yield {
                "row": "finding",
                "criterion": advice.criterion,
                "severity": words.severity(advice.severity),
                "outcome": words.outcome(gap.outcome),
                "message": gap.message,
                "thing": place.thing,
                "property": place.property,
                "value": place.value,
                "suggestion": advice.suggestion,
                "snippet": advice.snippet,
            }

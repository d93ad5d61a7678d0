"""Holds many descriptions against another version of a standard than the one by which they were judged.

Only what can come out otherwise is looked at: what the version adds, what depends on the day, and everything
where the description itself is another one. The work is shared among processes.
"""

from __future__ import annotations

import pickle
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from registry.ingest.canonical import to_graph
from registry.readiness import unpacked
from registry.validation.assessment import score
from registry.validation.composition import months_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Executor

    from registry.validation.assessment import Outcome
    from registry.validation.standard import CriterionUse, Library, Standard

__all__ = ["Trial", "run"]

ROUND: Final = 256
"""So many descriptions are in memory at once."""
SHARE: Final = 16
"""So many descriptions go to a process together."""
DATED: Final = re.compile(rb'"(\d{4}-\d\d-\d\d)')
MARGIN: Final = timedelta(days=1)
"""A date with a time zone may mean the day before or after."""


@dataclass(frozen=True)
class Trial:
    """A description, the initiative in it, and how that was judged."""

    text: bytes
    """Its canonical N-Quads."""
    subject: str
    version: str
    """The version of the standard by which it was judged."""
    assessed: date
    """The day as of which a machine looked at it."""
    anew: bool
    """Whether everything must be looked at, because it was another text that was judged."""


def run(
    trials: Iterable[Trial],
    library: Library,
    standard: Standard,
    on: date,
    executor: Executor | None = None,
) -> Iterator[dict[str, Outcome]]:
    """Tell for each trial what a machine finds on a day, by the IRI of each use of a criterion.

    Uses are those of the version that is tried and of the one before it. What cannot come out otherwise is
    missing. The standard must be chosen at the version to be tried.
    """
    names = (standard.token, standard.version.number if standard.version else "")
    remaining = iter(trials)
    packed = pickle.dumps(library) if executor else b""
    while batch := list(islice(remaining, ROUND)):
        if executor is None or len(batch) <= SHARE:
            yield from _run(batch, library, *names, on)
            continue
        shares = [batch[start : start + SHARE] for start in range(0, len(batch), SHARE)]
        for found in executor.map(partial(_run_apart, packed=packed, names=names, on=on), shares):
            yield from found


def _run_apart(
    trials: list[Trial], packed: bytes, names: tuple[str, str], on: date
) -> list[dict[str, Outcome]]:
    return _run(trials, unpacked(packed), *names, on)


def _run(
    trials: Sequence[Trial], library: Library, token: str, version: str, on: date
) -> list[dict[str, Outcome]]:
    standard = library.standard(token)
    return [_outcomes(one, library, _parts(one, standard, version, on), on) for one in trials]


def _parts(trial: Trial, standard: Standard, version: str, on: date) -> tuple[Standard, ...]:
    changes = _changes(standard, trial.version, version)
    if trial.anew:
        return changes.everything
    limits = ((months_before(trial.assessed, one), months_before(on, one)) for one in changes.months)
    return changes.aged if _is_dated_between(trial.text, limits) else changes.added


def _outcomes(trial: Trial, library: Library, parts: Sequence[Standard], on: date) -> dict[str, Outcome]:
    if not parts:
        return {}
    data = to_graph(trial.text, blank_prefix="")
    return {
        str(use.iri): outcome
        for _, cards in score(data, library, on, parts)
        for card in cards
        if str(card.subject) == trial.subject
        for row in card.rows
        for use, outcome in row.criteria
    }


@dataclass(frozen=True, eq=False)
class _Changes:
    """The parts of two versions that may have to be looked at; each is a superset of the one below."""

    everything: tuple[Standard, ...]
    aged: tuple[Standard, ...]
    """What is added, and what depends on the day."""
    added: tuple[Standard, ...]
    months: frozenset[int]
    """The greatest ages in them."""


@lru_cache(maxsize=64)
def _changes(standard: Standard, before: str, version: str) -> _Changes:
    old, new = standard.at(before), standard.at(version)
    gone, come = old.beyond(new), new.beyond(old)
    added = {use.iri for use in come.uses}
    aged = new.narrowed(lambda use: use.iri in added or bool(_ages(use)))
    months = frozenset(one for use in (*new.uses, *gone.uses) for one in _ages(use))
    return _Changes(
        _asking(new, gone), _asking(aged, gone.narrowed(lambda use: bool(_ages(use)))), _asking(come), months
    )


def _asking(*parts: Standard) -> tuple[Standard, ...]:
    return tuple(one for one in parts if one.uses)


def _ages(use: CriterionUse) -> tuple[int, ...]:
    """List the greatest ages that a use asks, in months: its outcome may be another one on another day."""
    return tuple(one.months for one in use.thresholds if one.months is not None)


def _is_dated_between(text: bytes, limits: Iterable[tuple[date, date]]) -> bool:
    """Tell whether anything in a description came of age between two days.

    >>> day = b'<#it> <#dated> "2025-03-01"^^<http://www.w3.org/2001/XMLSchema#date> .'
    >>> _is_dated_between(day, [(date(2025, 1, 1), date(2025, 6, 1))])
    True
    >>> _is_dated_between(day, [(date(2025, 4, 1), date(2025, 6, 1))])
    False
    """
    spans = [(str(min(pair) - MARGIN), str(max(pair) + MARGIN)) for pair in limits]
    days = {one.decode() for one in DATED.findall(text)}
    return any(first <= day <= last for day in days for first, last in spans)

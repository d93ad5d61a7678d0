"""A case: one application for a label, with its whole life; and the label that came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from registry.certification.life.way import EXPIRED, NONE, load_way

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from registry.certification.life.act import Act

__all__ = ["Case", "Condition", "Label"]


@dataclass(frozen=True)
class Condition:
    """Something that must be mended by a day while the label is in force."""

    number: int
    text: str
    due: date
    met: date | None = None
    """When it was found mended."""


@dataclass(frozen=True)
class Label:
    """What a decision awarded, as it stands on the day of its case."""

    iri: str
    subject: str
    scheme: str
    level: str
    body: str
    """Who awarded it."""
    standard: str
    """The short name of the standard."""
    version: str
    """The version of the standard that counted."""
    decided: date
    """The day of the decision."""
    valid_from: date
    expires: date
    """The last day on which it holds, as it stands now."""
    state: str
    conditions: tuple[Condition, ...]
    source: str
    """The source whose description was assessed."""
    digest: str
    """The SHA-256 of the canonical N-Quads of that description."""
    assessed: date
    """The day as of which the machine assessed it."""
    index: int
    """Its place in the status lists of the body."""
    outcomes: Mapping[str, Mapping[str, str]]
    """By the IRI of each use of a criterion: outcome, mode (machine, evidence, person) and trust level."""
    key: str = ""
    """The number of the key with which it was signed first."""


@dataclass(frozen=True)
class Case:
    """All acts about one application, in order; every question about it is answered from them."""

    iri: str
    acts: tuple[Act, ...]
    day: date
    """As of which day it is looked at; acts after it do not count."""

    @property
    def number(self) -> str:
        """The last part of its IRI; the label has the same."""
        return self.iri.rpartition("/")[2]

    @property
    def opening(self) -> Mapping[str, Any]:
        """What was said when it began: subject, scheme, level, organisation, body, and what it renews."""
        return self.acts[0].details

    @property
    def subject(self) -> str:
        """The IRI of the initiative."""
        return str(self.opening.get("subject", ""))

    @property
    def scheme(self) -> str:
        """The IRI of the label scheme."""
        return str(self.opening.get("scheme", ""))

    @property
    def organisation(self) -> str:
        """The IRI of the organisation that applies."""
        return str(self.opening.get("organisation", ""))

    @property
    def body(self) -> str:
        """The IRI of the body that is asked."""
        return str(self.opening.get("body", ""))

    @property
    def level(self) -> str:
        """The IRI of the level that is asked for."""
        return str(self.opening.get("level", ""))

    @property
    def renews(self) -> str:
        """The IRI of the case whose label this one is to follow; empty for a first label."""
        return str(self.opening.get("renews", ""))

    def on(self, day: date) -> Case | None:
        """Give the case as it stood on a day; None before it began."""
        acts = tuple(act for act in self.acts if act.on <= day)
        return Case(self.iri, acts, day) if acts else None

    @cached_property
    def state(self) -> str:
        """Where it stands: a code of the list `label-state`."""
        *_, (_, state) = [(None, NONE), *self._course()]
        return EXPIRED if self._has_run_out(state) else state

    @cached_property
    def states(self) -> tuple[tuple[date, str], ...]:
        """Since which day it has stood where, the oldest first; the end of a label by its date included.

        An act after the end, such as the replacement of a label, may follow it.
        """
        found: list[tuple[date, str]] = []
        for act, state in self._course():
            if not found or found[-1][1] != state:
                found.append((act.on, state))
        return tuple(found)

    @cached_property
    def in_force(self) -> bool:
        """Tell whether there is a label that holds on this day."""
        return (
            self.state in load_way().in_force and self.label is not None and self.label.valid_from <= self.day
        )

    @cached_property
    def appealed(self) -> bool:
        """Tell whether an appeal is open."""
        steps, open_appeal = load_way().steps, False
        for act in self.acts:
            step = steps.get(act.name)
            if step and (step.opens_appeal or step.closes_appeal):
                open_appeal = step.opens_appeal
        return open_appeal

    @cached_property
    def label(self) -> Label | None:
        """The label as it stands on this day, if one was ever granted by then."""
        granted = self.last("grant")
        if granted is None:
            return None
        told = granted.details
        return Label(
            iri=self.iri.replace("/case/", "/label/"),
            subject=self.subject,
            scheme=self.scheme,
            level=told["level"],
            body=self.body,
            standard=told["standard"],
            version=told["version"],
            decided=granted.on,
            valid_from=date.fromisoformat(told["valid_from"]),
            expires=self._expires(told["expires"]),
            state=self.state,
            conditions=self._conditions(),
            source=told["source"],
            digest=told["digest"],
            assessed=date.fromisoformat(told["assessed"]),
            index=self._index(told["index"]),
            outcomes=told.get("outcomes", {}),
        )

    @property
    def first_end(self) -> date:
        """The last day of its label as it was granted, before any extension."""
        granted = self.last("grant")
        assert granted is not None  # noqa: S101 - only who has a label is asked
        return date.fromisoformat(granted.details["expires"])

    def last(self, *names: str) -> Act | None:
        """Give the last act of these kinds."""
        return next((act for act in reversed(self.acts) if act.name in names), None)

    def all(self, *names: str) -> tuple[Act, ...]:
        """Give all acts of these kinds, in order."""
        return tuple(act for act in self.acts if act.name in names)

    def _course(self) -> Iterator[tuple[Act, str]]:
        """Go through the acts with the state after each."""
        steps, state = load_way().steps, NONE
        for act in self.acts:
            state = self._after(act, steps[act.name].leads[state]) if act.name in steps else state
            yield act, state

    def _after(self, act: Act, state: str) -> str:
        """Tell a renewed and an upgraded label from a first one."""
        return str(act.details.get("state", state)) if act.name == "grant" else state

    def _has_run_out(self, state: str) -> bool:
        ends = state in load_way().in_force or state == "suspended"
        granted = self.last("grant")
        return bool(ends and granted and self._expires(granted.details["expires"]) < self.day)

    def _expires(self, first: str) -> date:
        extended = self.last("extend")
        return date.fromisoformat(extended.details["expires"] if extended else first)

    def _index(self, first: int) -> int:
        """A label that comes back after it was revoked has another place, because a revocation stays."""
        given = [act.details["index"] for act in self.all("overturn") if "index" in act.details]
        return int(given[-1] if given else first)

    def _conditions(self) -> tuple[Condition, ...]:
        granted = self.last("grant")
        met = {act.details["number"]: act.on for act in self.all("meet-condition")}
        asked = granted.details.get("conditions", ()) if granted else ()
        return tuple(
            Condition(number, one["text"], date.fromisoformat(one["due"]), met.get(number))
            for number, one in enumerate(asked, start=1)
        )

"""Which acts there are, who may do them and in which state: read from `way.ttl`, which holds the rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rdflib import Graph, Literal

from registry.account.actor import Role
from registry.vocabulary import CODE, KOEPEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

__all__ = ["EXPIRED", "NONE", "Step", "Way", "load_way"]

FILE: Final = Path(__file__).with_name("way.ttl")
NONE: Final = ""
"""The state of a case that is not there yet."""
EXPIRED: Final = "expired"
"""The state of a label whose last day is over; no act leads there."""


@dataclass(frozen=True)
class Step:
    """One act, as the rules have it."""

    name: str
    roles: frozenset[Role]
    """Who may do it; nobody, where the registry does it by itself."""
    leads: Mapping[str, str]
    """From each state in which it is allowed to the state after it."""
    opens_appeal: bool = False
    closes_appeal: bool = False


@dataclass(frozen=True)
class Way:
    """All acts, and the states in which a label is in force."""

    steps: Mapping[str, Step]
    in_force: frozenset[str]

    def open_from(self, state: str) -> tuple[Step, ...]:
        """List the acts that a state allows, in the order of the rules.

        >>> [step.name for step in load_way().open_from("suspended")]
        ['add-evidence', 'appeal', 'overturn', 'reinstate', 'replace', 'revoke', 'uphold']
        """
        return tuple(step for step in self.steps.values() if state in step.leads)


@cache
def load_way() -> Way:
    """Read the rules; once per process."""
    graph = Graph().parse(FILE, format="turtle")
    acts = sorted({_word(one) for one in graph.subjects(KOEPEL.transition)})
    in_force = frozenset(_word(one) for one in graph.subjects(KOEPEL.inForce, Literal(True)))
    return Way({act: _step(graph, act) for act in acts}, in_force)


def _step(graph: Graph, act: str) -> Step:
    node = CODE[f"case-act/{act}"]
    return Step(
        name=act,
        roles=frozenset(Role(_word(one)) for one in graph.objects(node, KOEPEL.doneBy)),
        leads=dict(lead for one in graph.objects(node, KOEPEL.transition) for lead in _leads(graph, one)),
        opens_appeal=(node, KOEPEL.opensAppeal, Literal(True)) in graph,
        closes_appeal=(node, KOEPEL.closesAppeal, Literal(True)) in graph,
    )


def _leads(graph: Graph, transition: Node) -> list[tuple[str, str]]:
    origins = [_word(one) for one in graph.objects(transition, KOEPEL["from"])] or [NONE]
    goal = graph.value(transition, KOEPEL.to)
    return [(origin, origin if goal is None else _word(goal)) for origin in origins]


def _word(concept: Node) -> str:
    return str(concept).rpartition("/")[2]

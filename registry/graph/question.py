"""The questions that the registry puts to its own graph, kept as SPARQL files in `queries/`.

A file is named by what it answers. Variables that its first lines mention as given are bound when it is
asked.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rdflib.term import Node

    from registry.graph.store import GraphStore, Table

__all__ = ["QUESTIONS", "ask"]

QUESTIONS: Final = Path(__file__).parent / "queries"
"""The folder with one `.rq` file per question."""


def ask(store: GraphStore, question: str, /, **given: Node) -> Table:
    """Put one of the registry's questions to a graph.

    >>> from registry.graph.store import GraphStore
    >>> ask(GraphStore.in_memory(), "names").rows
    ()
    """
    return store.select(_read(question), given)


@cache
def _read(question: str) -> str:
    return (QUESTIONS / f"{question}.rq").read_text(encoding="utf-8")

"""A query with everything that the reader said about its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

__all__ = ["JSON", "TURTLE", "Question", "Wanted"]

JSON: Final = "application/sparql-results+json"
TURTLE: Final = "text/turtle"


@dataclass(frozen=True)
class Wanted:
    """The media types in which a reader takes an answer; none where nothing on offer suits."""

    table: str | None = JSON
    """For what SELECT and ASK give."""
    graph: str | None = TURTLE
    """For what CONSTRUCT and DESCRIBE give."""


@dataclass(frozen=True)
class Question:
    """What a reader wants to know.

    Graphs that are given beside the query take the place of those that it names with `FROM` (SPARQL 1.1
    Protocol, section 2.1.4).
    """

    query: str
    wanted: Wanted = field(default_factory=Wanted)
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

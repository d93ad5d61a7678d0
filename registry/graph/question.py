"""The questions that the registry puts to its own graph, kept as SPARQL files in `queries/`.

A file is named by what it answers. Variables that its first lines mention as given are bound when it is
asked. What can be asked about many things at once has lines that begin with `VALUES ?thing { UNDEF }`: the
things take the place of `UNDEF`, and where none are given the whole line falls away.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rdflib.term import BNode, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from registry.graph.store import GraphStore, Table

__all__ = ["QUESTIONS", "ask", "fill"]

QUESTIONS: Final = Path(__file__).parent / "queries"
"""The folder with one `.rq` file per question."""

CHOICE: Final = re.compile(r"^ *VALUES \?(\w+) \{ UNDEF \}(.*\n)", re.MULTILINE)


def ask(store: GraphStore, question: str, /, **given: Node | Iterable[Node]) -> Table:
    """Put one of the registry's questions to a graph, about one thing or about many.

    >>> from registry.graph.embedded import EmbeddedStore
    >>> ask(EmbeddedStore.in_memory(), "names").rows
    ()
    """
    text = _read(question)
    several = {found[1] for found in CHOICE.finditer(text)}
    single = {name: one for name, one in given.items() if name not in several and isinstance(one, Node)}
    return store.select(fill(text, given), single)


def fill(question: str, given: Mapping[str, Node | Iterable[Node]]) -> str:
    r"""Write what a question is about into its lines for many things.

    >>> from rdflib import URIRef
    >>> fill("VALUES ?thing { UNDEF } ?thing a ?class .\n", {"thing": [URIRef("urn:a"), URIRef("urn:b")]})
    'VALUES ?thing { <urn:a> <urn:b> } ?thing a ?class .\n'
    >>> fill("VALUES ?thing { UNDEF } ?thing a ?class .\n", {"thing": [BNode()]})
    'VALUES ?thing {  } ?thing a ?class .\n'
    """
    return CHOICE.sub(lambda found: _choice(found, given), question)


def _choice(line: re.Match[str], given: Mapping[str, Node | Iterable[Node]]) -> str:
    """Write a line of a question with the terms that are given for it, or leave it out.

    SPARQL has no way to name a blank node (SPARQL 1.1, section 4.1.4), so those that are given find nothing.
    """
    if (terms := given.get(line[1])) is None:
        return ""
    several = [terms] if isinstance(terms, Node) else terms
    written = " ".join(one.n3() for one in several if not isinstance(one, BNode))
    return f"VALUES ?{line[1]} {{ {written} }}{line[2]}"


@cache
def _read(question: str) -> str:
    return (QUESTIONS / f"{question}.rq").read_text(encoding="utf-8")

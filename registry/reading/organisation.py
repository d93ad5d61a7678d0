"""What is known of an organisation that others name: who does, and who took whose place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import URIRef

from registry.graph.organisations import ORGANISATIONS
from registry.graph.question import ask
from registry.registration import LONGEST, WEB_IRI

if TYPE_CHECKING:
    from registry.graph.store import GraphStore

__all__ = ["Mentions", "read_mentions"]


@dataclass(frozen=True)
class Mentions:
    """What others say of an organisation, and the registry itself."""

    iri: URIRef
    chain: tuple[URIRef, ...] = ()
    """The organisations that took its place, one after another."""
    former: tuple[URIRef, ...] = ()
    """The organisations whose place it took."""
    naming: tuple[URIRef, ...] = ()
    """Things whose descriptions name it."""
    documents: tuple[URIRef, ...] = ()
    """The descriptions in which it is named."""
    named: bool = False
    """True when the registry gave it a name until it describes itself."""

    @property
    def successor(self) -> URIRef | None:
        """The organisation that goes on in its place, after all mergers."""
        return self.chain[-1] if self.chain else None

    def __bool__(self) -> bool:
        """Tell whether anybody names it."""
        return bool(self.chain or self.former or self.documents or self.named)


def read_mentions(store: GraphStore, iri: URIRef) -> Mentions:
    """Read who names an organisation; nothing for what can be none."""
    if len(iri) > LONGEST or not WEB_IRI.fullmatch(iri):
        return Mentions(iri)
    naming = ask(store, "naming", thing=iri).rows
    former = ask(store, "successions", next=iri).rows
    return Mentions(
        iri,
        _chain(store, iri),
        tuple(sorted(URIRef(str(row["thing"])) for row in former)),
        tuple(dict.fromkeys(one for row in naming if isinstance(one := row["subject"], URIRef))),
        tuple(dict.fromkeys(URIRef(str(row["graph"])) for row in naming)),
        bool(store.select(f"SELECT ?it {{ GRAPH <{ORGANISATIONS}> {{ ?it a ?kind }} }}", {"it": iri}).rows),
    )


def _chain(store: GraphStore, iri: URIRef) -> tuple[URIRef, ...]:
    """Follow from successor to successor; publishers may write circles, which end where they began."""
    seen = [iri]
    while rows := ask(store, "successions", thing=seen[-1]).rows:
        following = min(URIRef(str(row["next"])) for row in rows)
        if following in seen:
            break
        seen.append(following)
    return tuple(seen[1:])

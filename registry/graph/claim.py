"""How well the labels are backed that documents tell of: claimed, evidenced or confirmed.

Anybody can write that a project has a label. What the registry makes of it stands in a graph of its own,
beside the claim and never in its place:

- *claimed* (`self-declared`): a document says so, and that is all;
- *evidenced* (`document-linked`): the claim points to a document, or the issuer tells of it in its own;
- *confirmed* (`auditor-confirmed`): a label is in force that a certifying body awarded here, to the same
  initiative, under the same scheme. Where the claim names a level or an issuer, they are the same, too, and
  it names no other one beside.

The label of the body to which a claim corresponds is named in any case, also when it is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import Literal
from rdflib.namespace import FOAF, RDFS

from registry.graph.question import ask
from registry.graph.term import written
from registry.ingest.space import is_inside
from registry.vocabulary import CODE, GRAPH, KOEPEL, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import URIRef
    from rdflib.term import Node

    from registry.graph.store import GraphStore, Row, Statement, WritableStore

__all__ = ["CLAIMS", "place_claims"]

CLAIMS: Final = str(GRAPH.claims)
"""The name of the graph."""
CLAIMED, EVIDENCED, CONFIRMED = (
    CODE[f"trust-level/{one}"] for one in ("self-declared", "document-linked", "auditor-confirmed")
)
POINTERS: Final = (KOEPEL.document, KOEPEL.evidence, SCHEMA.url, FOAF.page, RDFS.seeAlso)
"""What leads from a claim to a document that shows it."""


def place_claims(store: WritableStore) -> None:
    """Write down how well each label is backed that a document tells of; all else must stand in the graph."""
    held: dict[Node, list[Row]] = {}
    for row in ask(store, "held-labels").rows:
        held.setdefault(row["thing"], []).append(row)
    found: dict[Node, list[_Claim]] = {}
    for claim in _claims(store):
        found.setdefault(claim.label, []).append(claim)
    told = (one for label, claims in found.items() for one in _tell(label, claims, held))
    store.replace(CLAIMS, written(told, "application/n-triples", {}))


@dataclass(frozen=True)
class _Claim:
    """That a document says of one initiative that it has a label."""

    source: Node
    """The document."""
    label: Node
    thing: Node
    values: dict[Node, set[Node]]

    def speaks_of(self, held: Row) -> bool:
        """Tell whether it is this label that the claim means."""
        named = held["scheme"] in self._all(KOEPEL.underScheme) or str(held["number"]) in map(
            str, self._all(SCHEMA.certificationIdentification)
        )
        told = ((KOEPEL.underScheme, "scheme"), (KOEPEL.atLevel, "level"), (SCHEMA.issuedBy, "body"))
        return (
            named
            and all(self._all(property_) <= {held[name]} for property_, name in told)
            and self._meets(held)
        )

    @property
    def is_evidenced(self) -> bool:
        """Whether it points to a document, or the issuer itself tells of it in a document of its own."""
        by_issuer = any(is_inside(str(one), str(self.source)) for one in self._all(SCHEMA.issuedBy))
        return any(self._all(one) for one in POINTERS) or (
            by_issuer and not is_inside(str(self.thing), str(self.source))
        )

    def _meets(self, held: Row) -> bool:
        """Tell whether the label was in force when it is claimed to be, as far as that is said."""
        began, ended = (str(held.get(one, "")) for one in ("first", "last"))
        starts, ends = map(self._days, (SCHEMA.validFrom, SCHEMA.expires))
        too_late = ended and starts and all(_is_before(ended, one) for one in starts)
        too_early = began and ends and all(_is_before(one, began) for one in ends)
        return not (too_late or too_early)

    def _days(self, property_: URIRef) -> list[str]:
        return [str(one)[:10] for one in self._all(property_) if isinstance(one, Literal)]

    def _all(self, property_: URIRef) -> set[Node]:
        return self.values.get(property_, set())


def _claims(store: GraphStore) -> Iterator[_Claim]:
    found: dict[tuple[Node, Node, Node], dict[Node, set[Node]]] = {}
    for row in ask(store, "claimed-labels").rows:
        values = found.setdefault((row["graph"], row["label"], row["thing"]), {})
        values.setdefault(row["property"], set()).add(row["value"])
    return (_Claim(*named, values) for named, values in found.items())


def _tell(label: Node, claims: list[_Claim], held: dict[Node, list[Row]]) -> Iterator[Statement]:
    """Tell of one label that documents speak of; if it is claimed for several, the weakest of them counts."""
    meant = [[one for one in held.get(claim.thing, ()) if claim.speaks_of(one)] for claim in claims]
    in_force = [[one for one in some if str(one["inForce"]) == "true"] for some in meant]
    if all(in_force):
        yield label, KOEPEL.trustLevel, CONFIRMED
    else:
        evidenced = all(claim.is_evidenced for claim in claims)
        yield label, KOEPEL.trustLevel, EVIDENCED if evidenced else CLAIMED
    yield from ((label, KOEPEL.registeredAs, one["label"]) for some in meant for one in some)
    yield from ((label, KOEPEL.confirmedBy, one["label"]) for some in in_force for one in some)


def _is_before(one: str, other: str) -> bool:
    """Tell whether a day, month or year is over before another begins, as far as both are known.

    >>> (
    ...     _is_before("2024", "2025-03-01"),
    ...     _is_before("2025", "2025-03-01"),
    ...     _is_before("2025-02", "2025-03-01"),
    ... )
    (True, False, True)
    """
    known = min(len(one), len(other))
    return one[:known] < other[:known]

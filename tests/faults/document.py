"""A description that carries a number in many places, so that a mixture of two versions gives itself away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from registry.ingest.canonical import canonicalise, digest
from registry.ledger import Version
from registry.vocabulary import GRAPH

if TYPE_CHECKING:
    from registry.graph.store import GraphStore

__all__ = ["SOURCES", "numbers", "version"]

SOURCES = tuple(
    f"https://buddy.example/{name}" for name in ("aalst", "bonn", "cadis", "delft", "elna", "fes")
)
TURTLE = "text/turtle"
DESCRIPTION = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <http://schema.org/> .

<{source}> a foaf:Document ; foaf:primaryTopic <{source}#project> ; schema:version "{number}" .
<{source}#project> a koepel:Project ;
  dct:title "Buddies {number}"@en ;
  dct:description "The fictitious project of version {number}."@en ;
  dct:publisher <{source}#organisation> ;
  koepel:mentorTrainingHours {number} ;
  koepel:document [ a koepel:Document ; schema:version "{number}" ] ;
  schema:version "{number}" .
<{source}#organisation> a org:Organization ; foaf:name "Organisation {number}" ; schema:version "{number}" .
<{source}#role> a koepel:SteeringRole ;
  koepel:exercisesEnforcementPower true ; koepel:usesOwnPolicyFramework {is_odd} ;
  schema:version "{number}" .
"""
SAID = 5
"""In so many places a description gives its number."""
QUESTION = f"""
PREFIX schema: <http://schema.org/>
SELECT ?graph ?number (COUNT(*) AS ?times)
{{ GRAPH ?graph {{ ?thing schema:version ?number }} FILTER(!STRSTARTS(STR(?graph), "{GRAPH}")) }}
GROUP BY ?graph ?number"""


def version(source: str, number: int) -> Version:
    """Write the description of a source with a number in it."""
    text = DESCRIPTION.format(source=source, number=number, is_odd=str(number % 2 == 1).lower()).encode()
    canonical = canonicalise(ox.Dataset(ox.parse(text, ox.RdfFormat.TURTLE)))
    return Version(digest(canonical), canonical, text, TURTLE)


def numbers(store: GraphStore) -> dict[str, int]:
    """Tell which number each source in a graph has, or 0 where it is not the same everywhere."""
    found: dict[str, int] = {}
    for row in store.select(QUESTION).rows:
        source, whole = str(row["graph"]), int(str(row["times"])) == SAID
        found[source] = int(str(row["number"])) if whole and source not in found else 0
    return found

"""One member of a stream: what happened to a source, and what it says from then on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, Graph, URIRef
from rdflib.namespace import DCTERMS, PROV

from federation.follow.bookmark import Key, read_key
from registry.errors import InvalidDataError
from registry.ingest.canonical import to_graph
from registry.ingest.space import is_inside
from registry.ledger import Happening
from registry.ledger.event import ENDING, PUBLISHING
from registry.registration import LONGEST, WEB_IRI, fit_space
from registry.vocabulary import CODE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from rdflib.term import Node

    from federation.follow.profile import Profile

__all__ = ["Member", "materialise", "read_member"]

HAPPENING: Final = str(CODE["happening/"])
DIGEST: Final = "sha256:"
BLANK_PREFIX: Final = "named"
MOST_WORDS: Final = 2_000
"""So many characters of a reason are kept."""
FOLLOWED: Final = frozenset(one.value for one in PUBLISHING | ENDING)


@dataclass(frozen=True)
class Member:
    """What one member of a stream tells."""

    iri: str
    key: Key
    source: str
    """The IRI space that it is about."""
    happening: Happening
    time: datetime | None = None
    address: str = ""
    """Where the document is fetched, as the stream says."""
    origin: str = ""
    """The registry that got it from its publisher."""
    reason: str = ""
    digest: str | None = None
    """The SHA-256 of the text in canonical form, as the stream says."""
    canonical: bytes | None = field(default=None, repr=False)
    """The text in canonical form."""
    text: bytes | None = field(default=None, repr=False)
    """The text of a stream that gives no canonical one, in N-Triples."""

    @property
    def ends(self) -> bool:
        """Tell whether readers of the stream see nothing of the source from here on."""
        return self.happening in ENDING

    @property
    def is_bare(self) -> bool:
        """Tell whether its text was erased since."""
        return not self.ends and self.canonical is None and self.text is None


def read_member(here: URIRef, profile: Profile, graph: Graph, graphs: Mapping[str, bytes]) -> Member:
    """Read a member from the main graph of a page; `graphs` holds the named ones, in canonical form.

    Raises:
        KoepelError: It does not say what it is about or when it came, or it is about what can be no source.
    """
    key = read_key(_text(graph, here, profile.order))
    about = _text(graph, here, profile.version_of) if profile.version_of else str(here)
    if key is None or not about:
        raise InvalidDataError(
            "member-unclear",
            "The member {member} of the stream does not say what it is about, or when it came.",
            member=str(here),
        )
    moment = read_key(_text(graph, here, str(PROV.generatedAtTime)))
    time = None if isinstance(moment, int) else moment
    told = _text(graph, here, str(DCTERMS.type))
    if told.startswith(HAPPENING):
        return _from_registry(here, key, fit_space(about), time, graph, graphs.get(str(here)))
    source, gone = fit_space(about.partition("#")[0]), _is_deletion(graph, here, profile)
    happening = Happening.WITHDRAWN if gone else Happening.ACCEPTED
    text = None if gone else materialise(here, URIRef(about), profile, graph, graphs.get(str(here)))
    return Member(str(here), key, source, happening, time, address=about, text=text)


def _from_registry(
    here: URIRef, key: Key, source: str, time: datetime | None, graph: Graph, canonical: bytes | None
) -> Member:
    happening = _happening(_text(graph, here, str(DCTERMS.type)).removeprefix(HAPPENING))
    digest = _text(graph, here, str(DCTERMS.identifier))
    return Member(
        str(here),
        key,
        source,
        happening,
        time,
        address=_address(graph, here, str(DCTERMS.source)) or str(here),
        origin=_address(graph, here, str(PROV.wasAttributedTo)),
        reason=_text(graph, here, str(DCTERMS.description))[:MOST_WORDS],
        digest=digest.removeprefix(DIGEST) or None,
        canonical=None if happening in ENDING else canonical,
    )


def _happening(name: str) -> Happening:
    if name not in FOLLOWED:
        raise InvalidDataError(
            "member-happening",
            "The stream tells of a change that is unknown here: {name}. A newer version of Koepel may know "
            "it.",
            name=name,
        )
    return Happening(name)


def _is_deletion(graph: Graph, here: URIRef, profile: Profile) -> bool:
    return profile.deleted is not None and (here, RDF.type, URIRef(profile.deleted)) in graph


def materialise(
    here: URIRef, thing: URIRef, profile: Profile, graph: Graph, named: bytes | None
) -> bytes | None:
    """Turn the version of a thing into the thing: what the version says, the thing says, in N-Triples.

    A version says what stands in the graph of its name, and what the page says of it and of what it points to
    without a name (concise bounded description) or with one that is part of the thing's. What belongs to the
    version alone stays behind: its time, its number, and of what it is a version.
    """
    said = Graph()
    if named:
        said += to_graph(named, blank_prefix=BLANK_PREFIX)
    waiting: list[Node] = [here]
    while waiting:
        node = waiting.pop()
        for triple in graph.triples((node, None, None)):
            if triple not in said:
                said.add(triple)
                waiting += [triple[2]] if _belongs(triple[2], thing) else []
    dropped = {URIRef(one) for one in (*profile.times, profile.version_of) if one}
    thing_said = Graph()
    for subject, predicate, value in said:
        if not (subject == here and predicate in dropped):
            thing_said.add(
                (thing if subject == here else subject, predicate, thing if value == here else value)
            )
    return thing_said.serialize(format="nt", encoding="utf-8") if len(thing_said) else None


def _belongs(node: Node, thing: URIRef) -> bool:
    if isinstance(node, URIRef):
        return node != thing and is_inside(str(node), str(thing).partition("#")[0])
    return isinstance(node, BNode)


def _address(graph: Graph, here: URIRef, way: str) -> str:
    """Read an address on the web; what is none is not told to others in turn."""
    found = _text(graph, here, way)
    return found if len(found) <= LONGEST and WEB_IRI.fullmatch(found) else ""


def _text(graph: Graph, subject: URIRef, way: str) -> str:
    return str(graph.value(subject, URIRef(way), any=True) or "")

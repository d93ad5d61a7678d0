"""One registry for tests: the examples, a hostile stranger, and what the registry adds."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from rdflib import RDF, Graph
from rdflib.namespace import DCTERMS

from registry.certification.life.caseload import read_caseload
from registry.certification.statement import statements
from registry.dataset import example_documents
from registry.graph.claim import place_claims
from registry.graph.embedded import EmbeddedStore
from registry.graph.rules import load_fixed, rules_digest
from registry.graph.snapshot import Snapshot
from registry.graph.stand import Stand, write_stand
from registry.home import Home
from registry.ingest.document import read_document
from registry.ledger import Event, Happening, Version
from registry.readiness import assertions
from registry.reasoning import infer
from registry.validation.standard import load_library
from registry.vocabulary import EXAMPLE, GRAPH, KOEPEL
from tests.registry.certification import acting

DAY = date(2026, 11, 21)
EARLY = "2026-paper"
"""The label of a snapshot that holds one project only."""
ALONE = "https://buddy.example/profile"
STRANGER = "https://stranger.example/profile"
PROFILE = f"""
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix org: <http://www.w3.org/ns/org#> .

<{STRANGER}> a foaf:Document ; dct:publisher <{STRANGER}#org> ; dct:license <javascript:alert(3)> .
<{STRANGER}#project> a koepel:Project ;
  dct:title "<script>alert(1)</script>"@en, "Geen vertaling"@nl-x-danger ;
  dct:description "\\"><img src=x onerror=alert(2)>"@en ;
  koepel:municipality "<b>Town</b>" ;
  foaf:homepage <javascript:alert(4)>, <https://stranger.example/> ;
  koepel:status <https://w3id.org/koepel/code/status/unheard-of> ;
  dct:publisher <{STRANGER}#org> .
<{STRANGER}#org> a org:Organization ; foaf:name "Zwart & Wit" .
"""
#: Assessing and reasoning take their time, so only a few documents go through them here.
ASSESSED = ("fictitious/complete-project", "fictitious/starting-project", "germany/impulspatenschaften")
REASONED = ("germany/menschen-staerken-menschen", "catalonia/pcr-mentoring", "flanders/gent")


def make_home(folder: Path) -> Home:
    """Make a registry with two snapshots: an early one with a label, and the newest."""
    home, documents = Home(folder), example_documents(fictitious=True)
    with home.opened_graph() as store:
        load_fixed(store)
        _take_in(home, store, documents, ASSESSED[:1])
        early = _freeze(home, store, datetime(2026, 11, 20, 9, tzinfo=UTC))
        home.snapshots.label(early, EARLY)
        _take_in(home, store, documents, ASSESSED[1:])
        for iri in documents.keys() - {str(EXAMPLE[name]) for name in ASSESSED}:
            store.load(documents[iri].read_bytes(), graph=iri)
        store.load(PROFILE.encode(), graph=STRANGER)
        store.add_all(infer(_read(documents, *REASONED)), graph=GRAPH.inference)
        _award(home, store)
        _freeze(home, store, datetime(2026, 11, 21, 12, tzinfo=UTC))
    return home


def show_only(home: Home, title: str) -> Snapshot:
    """Show readers one project, as if nothing else were there."""
    project, source = f"{ALONE}#project", Event(ALONE, Happening.FETCHED)
    home.ledger.append(source)
    with home.opened_graph() as store:
        kind, name = f"<{RDF.type}> <{KOEPEL.Project}>", f'<{DCTERMS.title}> "{title}"@en'
        store.replace(ALONE, f"<{project}> {kind} .\n<{project}> {name} .\n".encode())
        return _freeze(home, store, datetime.now(UTC))


def _take_in(home: Home, store: EmbeddedStore, documents: dict[str, Path], names: Iterable[str]) -> None:
    """Write documents into the ledger and the graph, with where they stand against the standards."""
    for name in names:
        iri = str(EXAMPLE[name])
        data = documents[iri].read_bytes()
        document = read_document(data, media_type="text/turtle", address=iri, space=iri)
        version = Version(document.digest, document.canonical, data, document.media_type)
        accepted = Event(iri, Happening.ACCEPTED, iri, document.digest)
        home.ledger.append_all([(Event(iri, Happening.REGISTERED, iri), None), (accepted, version)])
        store.load(data, graph=iri)
        store.add_all(assertions(_read(documents, name), load_library(), DAY), graph=GRAPH.assessment)


def _award(home: Home, store: EmbeddedStore) -> None:
    """Let a made-up body award a made-up label to a made-up project."""
    source = str(EXAMPLE[ASSESSED[0]])
    acting.adopt(home.ledger)
    acting.apply(home.ledger, "2024-02-01", subject=f"{source}#project")
    acting.award(home.ledger, "2024-03-01", "2027-02-28", source=source)
    caseload = read_caseload(home.ledger, home.ledger.position())
    store.add_all(statements(caseload, load_library(), DAY), graph=GRAPH.certification)
    place_claims(store)


def _freeze(home: Home, store: EmbeddedStore, time: datetime) -> Snapshot:
    stand = Stand(home.ledger.position(), rules_digest(), DAY, home.ledger.lineage)
    write_stand(store, stand)
    return home.snapshots.take(store, stand, time)


def _read(documents: dict[str, Path], *names: str) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(documents[str(EXAMPLE[name])], format="turtle")
    return graph

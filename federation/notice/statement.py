"""A status as RDF: the entry of a source (DCAT), what was done with it (PROV) and how it fared (EARL).

The entry is a `dcat:CatalogRecord` about the source. Each visit and decision is a `prov:Activity`. Where the
text was checked, every standard has an `earl:Assertion` made by machine, with the validator's own report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urljoin

from rdflib import DCAT, RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, SH

from federation.notice.account import tell
from federation.notice.status import status_address
from registry.report.naming import choose
from registry.vocabulary import CODE, SCHEMA

if TYPE_CHECKING:
    from datetime import datetime

    from rdflib.graph import _TripleType as Statement

    from federation.notice.status import Status
    from registry.check import Checked
    from registry.ledger import Event
    from registry.validation.assessment import Assessment

__all__ = ["EARL", "describe"]

EARL: Final = Namespace("http://www.w3.org/ns/earl#")
LDP: Final = Namespace("http://www.w3.org/ns/ldp#")
UNFIT: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
"""What no IRI holds (SPARQL 1.1, rule 139)."""


def describe(status: Status, checked: Checked | None, language: str, site: str) -> Graph:
    """Say in RDF where a source stands.

    Args:
        status: Where it stands.
        checked: Its newest text, held against the standards.
        language: The language of the sentences in it.
        site: The address of this registry.
    """
    graph = Graph()
    for prefix, namespace in {"dcat": DCAT, "earl": EARL, "ldp": LDP, "prov": PROV, "sh": SH}.items():
        graph.bind(prefix, namespace)
    entry = URIRef(urljoin(f"{site}/", status_address(status.source.space)))
    _tell_entry(graph, entry, status, language, site)
    for event in (status.decided, status.last):
        if event is not None:
            _tell_activity(graph, entry, event, site)
    _tell_visit(graph, entry, status, site)
    for one in checked.assessments if checked else ():
        _tell_assertion(graph, status, one, language, site)
    return graph


def _tell_entry(graph: Graph, entry: URIRef, status: Status, language: str, site: str) -> None:
    source, account = status.source, tell(status, language)
    sentences = (account.headline, account.listing, *account.reasons, account.visit, *account.ahead)
    about: list[tuple[URIRef, URIRef | Literal]] = [
        (RDF.type, DCAT.CatalogRecord),
        (FOAF.primaryTopic, URIRef(source.space)),
        (SCHEMA.creativeWorkStatus, Literal(status.stage.value)),
        (DCTERMS.description, Literal(" ".join(one for one in sentences if one), lang=language)),
        (LDP.inbox, URIRef(f"{site}/inbox")),
    ]
    if source.address:
        about.append((DCTERMS.source, _iri(source.address)))
    if status.registered and status.registered.time:
        about.append((DCTERMS.issued, _moment(status.registered.time)))
    if status.last and status.last.time:
        about.append((DCTERMS.modified, _moment(status.last.time)))
    if status.shown:
        about.append((DCTERMS.identifier, Literal(f"sha256:{status.shown.digest}")))
    for predicate, value in about:
        graph.add((entry, predicate, value))


def _tell_activity(graph: Graph, entry: URIRef, event: Event, site: str) -> None:
    """Tell what happened, when, and by which registry; who of its people acted stays unsaid."""
    activity = URIRef(f"{entry}#event-{event.position}")
    graph.add((activity, RDF.type, PROV.Activity))
    graph.add((activity, DCTERMS.type, CODE[f"happening/{event.happening.value}"]))
    graph.add((activity, PROV.wasAssociatedWith, URIRef(f"{site}/")))
    if event.time:
        graph.add((activity, PROV.endedAtTime, _moment(event.time)))
    for line in event.reason.splitlines():
        graph.add((activity, DCTERMS.description, Literal(line, lang="en")))
    graph.add((entry, PROV.wasInfluencedBy, activity))


def _tell_visit(graph: Graph, entry: URIRef, status: Status, site: str) -> None:
    note = status.note
    if note.visited is None or not status.source.address:
        return
    visit = URIRef(f"{entry}#visit")
    for statement in (
        (visit, RDF.type, PROV.Activity),
        (visit, PROV.used, _iri(status.source.address)),
        (visit, PROV.endedAtTime, _moment(note.visited)),
        (visit, PROV.wasAssociatedWith, URIRef(f"{site}/")),
        (entry, PROV.wasGeneratedBy, visit),
    ):
        graph.add(statement)
    if note.due:
        graph.add((entry, DCTERMS.valid, _moment(note.due)))


def _tell_assertion(graph: Graph, status: Status, found: Assessment, language: str, site: str) -> None:
    assertion, result = BNode(), BNode()
    title = choose(found.standard.titles, language)
    outcome = EARL.passed if found.conforms else EARL.failed
    statements: list[Statement] = [
        (assertion, RDF.type, EARL.Assertion),
        (assertion, EARL.assertedBy, URIRef(f"{site}/")),
        (assertion, EARL.subject, URIRef(status.source.space)),
        (assertion, EARL.test, found.standard.iri),
        (assertion, EARL.mode, EARL.automatic),
        (assertion, EARL.result, result),
        (result, RDF.type, EARL.TestResult),
        (result, EARL.outcome, outcome),
        (result, DCTERMS.title, Literal(title, lang=language)),
    ]
    for report in found.report.subjects(RDF.type, SH.ValidationReport):
        statements.append((result, DCTERMS.references, report))
        statements.append((report, DCTERMS.conformsTo, found.standard.iri))
    for statement in statements:
        graph.add(statement)
    graph += found.report


def _iri(address: str) -> URIRef:
    """Make an IRI of an address as somebody wrote it."""
    return URIRef(UNFIT.sub(lambda found: quote(found[0]), address))


def _moment(time: datetime) -> Literal:
    return Literal(time.isoformat(timespec="seconds"), datatype=XSD.dateTime)

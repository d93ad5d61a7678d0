"""What there is to have of this registry, for data portals: a catalogue after DCAT-AP 3.

<https://semiceu.github.io/DCAT-AP/releases/3.0.1/>. It names the data, the states of it that are kept, their
dumps, and the services by which programs ask for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF

from federation.feed.authority import (
    CATEGORIES,
    CONTINUOUS,
    LANGUAGE,
    OPEN,
    PUBLIC,
    SOCIETY,
    TONGUES,
    declare,
    document,
)
from federation.feed.distribution import DCATAP, SPDX, describe_access, describe_file
from federation.feed.wording import in_all_languages, words
from registry.vocabulary import LANGUAGES
from registry.web.address import in_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from rdflib.term import Node

    from federation.feed.manifest import Manifest

__all__ = ["Edition", "Registry", "catalogue"]

DCAT: Final = Namespace("http://www.w3.org/ns/dcat#")
"""DCAT 3; rdflib's own constant knows DCAT 2 only."""
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
PREFIXES: Final = {"dcatap": DCATAP, "spdx": SPDX, "vcard": VCARD}
STANDARDS: Final = {
    "sparql": "https://www.w3.org/TR/sparql11-protocol/",
    "graphql": "https://spec.graphql.org/September2025/",
    "feed": "https://w3id.org/ldes/specification",
}
"""The services by their address, with what each is as it should be."""


@dataclass(frozen=True)
class Edition:
    """A state of the registry that can be asked for or fetched."""

    name: str
    time: datetime
    labels: tuple[str, ...] = ()
    dump: Manifest | None = None
    is_kept: bool = True
    """Whether it can be asked; else only its dump is left."""


@dataclass(frozen=True)
class Registry:
    """What the catalogue tells about the registry as a whole."""

    address: str
    """Without a slash at the end."""
    name: str
    begun: datetime
    """When it began."""
    countries: tuple[URIRef, ...]
    """The countries of its projects, by the codes of the European Union."""
    editions: tuple[Edition, ...]
    """The states that can be had, the newest first."""

    @property
    def modified(self) -> datetime:
        """When readers last got something new."""
        return max([self.begun, *(one.time for one in self.editions)])

    def at(self, path: str) -> URIRef:
        """Give an address on its site."""
        return URIRef(f"{self.address}/{path}")


def catalogue(registry: Registry) -> Graph:
    """Describe all that there is to have."""
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    here, data = registry.at("catalogue"), registry.at("catalogue#data")
    services = [_describe_service(graph, registry, data, path) for path in STANDARDS]
    editions = [_describe_edition(graph, registry, edition) for edition in registry.editions]
    _describe_data(graph, registry, data)
    _add(graph, data, DCAT.hasVersion, editions)
    _describe(graph, registry, here, DCAT.Catalog, in_all_languages(lambda words: words.title))
    _add(graph, here, DCAT.dataset, [data, *editions])
    _add(graph, here, DCAT.service, services)
    _add(graph, here, DCAT.themeTaxonomy, [CATEGORIES])
    _add(graph, here, FOAF.homepage, [document(graph, registry.at(""))])
    _add(graph, here, DCTERMS.license, [OPEN])
    _when_and_where(graph, registry, here)
    _describe_publisher(graph, registry)
    declare(graph)
    return graph


def _describe_data(graph: Graph, registry: Registry, data: URIRef) -> None:
    """Describe the data as they are now: what can be asked, followed and fetched."""
    _describe(graph, registry, data, DCAT.Dataset, in_all_languages(lambda words: words.title))
    _about_data(graph, registry, data, registry.modified)
    _when_and_where(graph, registry, data)
    _add(graph, data, DCTERMS.accrualPeriodicity, [CONTINUOUS])
    _add(graph, data, DCTERMS.conformsTo, [_standard(graph, URIRef("https://w3id.org/koepel/def"))])
    for path in STANDARDS:
        given = describe_access(graph, registry.at(path), path, registry.at(f"catalogue#{path}"))
        _add(graph, data, DCAT.distribution, [given])
    newest = next((one.dump for one in registry.editions if one.dump), None)
    _add(graph, data, DCAT.distribution, _files(graph, registry, newest))


def _describe_edition(graph: Graph, registry: Registry, edition: Edition) -> URIRef:
    """Describe a state that never changes."""
    here = URIRef(in_state(f"{registry.address}/", edition.name))
    titles = in_all_languages(lambda words: f"{words.title} ({edition.name})")
    _describe(graph, registry, here, DCAT.Dataset, titles)
    _about_data(graph, registry, here, edition.time)
    moment = Literal(edition.time.isoformat(), datatype=XSD.dateTime)
    _add(graph, here, DCTERMS.issued, [moment])
    _add(graph, here, DCAT.version, [Literal(edition.name)])
    _add(graph, here, DCAT.isVersionOf, [registry.at("catalogue#data")])
    _add(graph, here, DCTERMS.identifier, map(Literal, (edition.name, *edition.labels)))
    if edition.is_kept:
        asked = URIRef(in_state(str(registry.at("sparql")), edition.name))
        given = describe_access(graph, asked, "sparql", registry.at("catalogue#sparql"))
        _add(graph, here, DCAT.distribution, [given])
    _add(graph, here, DCAT.distribution, _files(graph, registry, edition.dump))
    return here


def _describe_service(graph: Graph, registry: Registry, data: URIRef, path: str) -> URIRef:
    here, standard = registry.at(f"catalogue#{path}"), URIRef(STANDARDS[path])
    titles = in_all_languages(lambda words: words.services[path])
    _describe(graph, registry, here, DCAT.DataService, titles)
    _add(graph, here, DCAT.endpointURL, [registry.at(path)])
    _add(graph, here, DCAT.endpointDescription, [registry.at("openapi.json")])
    _add(graph, here, DCAT.servesDataset, [data])
    _add(graph, here, DCTERMS.conformsTo, [_standard(graph, standard)])
    _add(graph, here, DCTERMS.license, [OPEN])
    _add(graph, here, DCTERMS.accessRights, [PUBLIC])
    _about(graph, registry, here)
    return here


def _describe_publisher(graph: Graph, registry: Registry) -> None:
    """Say who publishes it, and where to turn to: the registry knows itself by its name only."""
    publisher, contact = registry.at("catalogue#publisher"), registry.at("catalogue#contact")
    _add(graph, publisher, RDF.type, [FOAF.Agent])
    _add(graph, publisher, FOAF.name, [Literal(registry.name)])
    _add(graph, contact, RDF.type, [VCARD.Kind])
    _add(graph, contact, VCARD.fn, [Literal(registry.name)])
    _add(graph, contact, VCARD.hasURL, [registry.at("")])


def _describe(
    graph: Graph, registry: Registry, here: URIRef, kind: URIRef, titles: Iterable[Literal]
) -> None:
    """Say what something is, what it is called and who publishes it."""
    _add(graph, here, RDF.type, [kind])
    _add(graph, here, DCTERMS.title, titles)
    _add(graph, here, DCTERMS.description, in_all_languages(lambda words: words.about))
    _add(graph, here, DCTERMS.publisher, [registry.at("catalogue#publisher")])


def _about_data(graph: Graph, registry: Registry, here: URIRef, until: datetime) -> None:
    _about(graph, registry, here)
    _add(graph, here, DCTERMS.accessRights, [PUBLIC])
    _add(graph, here, DCTERMS.spatial, registry.countries)
    _add(graph, here, DCTERMS.language, (LANGUAGE[one] for one in TONGUES.values()))
    _add(graph, here, DCAT.landingPage, [document(graph, registry.at(""))])
    period = URIRef(f"{here}&period" if "?" in here else f"{here}-period")
    _add(graph, here, DCTERMS.temporal, [period])
    _add(graph, period, RDF.type, [DCTERMS.PeriodOfTime])
    _add(graph, period, DCAT.startDate, [Literal(registry.begun.date())])
    _add(graph, period, DCAT.endDate, [Literal(until.date())])


def _about(graph: Graph, registry: Registry, here: URIRef) -> None:
    _add(graph, here, DCAT.theme, [SOCIETY])
    _add(graph, here, DCAT.contactPoint, [registry.at("catalogue#contact")])
    for language in LANGUAGES:
        keywords = (Literal(one, lang=language) for one in words(language).keywords)
        _add(graph, here, DCAT.keyword, keywords)


def _when_and_where(graph: Graph, registry: Registry, here: URIRef) -> None:
    moments = {DCTERMS.issued: registry.begun, DCTERMS.modified: registry.modified}
    for said, moment in moments.items():
        _add(graph, here, said, [Literal(moment.isoformat(), datatype=XSD.dateTime)])
    _add(graph, here, DCTERMS.spatial, registry.countries)
    _add(graph, here, DCTERMS.language, (LANGUAGE[one] for one in TONGUES.values()))


def _files(graph: Graph, registry: Registry, dump: Manifest | None) -> Iterator[URIRef]:
    if dump is None:
        return
    for file in dump.files:
        yield describe_file(graph, registry.at(f"dumps/{dump.snapshot}/{file.name}"), file, dump)


def _standard(graph: Graph, standard: URIRef) -> URIRef:
    graph.add((standard, RDF.type, DCTERMS.Standard))
    return standard


def _add(graph: Graph, subject: URIRef, said: URIRef, values: Iterable[Node]) -> None:
    for value in values:
        graph.add((subject, said, value))

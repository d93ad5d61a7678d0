"""No persons: the registry holds organisations and programmes, never mentors, mentees or staff.

What speaks of persons is listed in `privacy.ttl`, the providers of private mailboxes in `mail-providers.txt`.
A message names the property and the thing that it stands on, never the value: an error must not spread what
it refuses to keep.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from registry.errors import InvalidDataError, printable
from registry.ingest.remark import Remark

__all__ = ["check_privacy"]

PRIVACY = Namespace("https://w3id.org/koepel/def/privacy#")
FOLDER = Path(__file__).parent
SHOWN = 10
MAIL_DOMAIN = re.compile(r"[\w.+%-]@((?:[a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE)
COUNTRY_ENDING = r"(?:[a-z]{2,3}|com?\.[a-z]{2})"


def check_privacy(graph: Graph) -> tuple[Remark, ...]:
    """Refuse personal data, and remark on a private mailbox that an organisation uses.

    Refused are persons, properties that only persons have, ways to reach anything that is no organisation or
    contact point, and private mail addresses anywhere but there.
    """
    persons = _unique(_persons(graph))
    if persons:
        raise InvalidDataError(
            "person-described",
            "The document describes persons in {count} places: {places}. The registry holds organisations "
            "and programmes only. Take the persons out; name a contact point of the organisation instead.",
            count=len(persons),
            places=_show(persons),
        )
    loose = _unique([*_loose_contacts(graph), *_mail_in_text(graph)])
    if loose:
        raise InvalidDataError(
            "contact-not-organisational",
            "The document gives a mail address or telephone number in {count} places that are no contact "
            "point: {places}. Give it on an organisation or a contact point (schema:ContactPoint, "
            "vcard:Kind), and take private addresses out.",
            count=len(loose),
            places=_show(loose),
        )
    return tuple(_private_mailboxes(graph))


def _persons(graph: Graph) -> Iterator[str]:
    for person_class in _listed(PRIVACY.PersonClasses):
        for subject in graph.subjects(RDF.type, person_class):
            yield f"{_name(subject)} is a {_short(person_class)}"
    for person_property in _listed(PRIVACY.PersonProperties):
        for subject in graph.subjects(person_property):
            yield f"{_short(person_property)} of {_name(subject)}"


def _loose_contacts(graph: Graph) -> Iterator[str]:
    contacts = _contact_points(graph)
    for contact_property in _listed(PRIVACY.ContactProperties):
        for subject in graph.subjects(contact_property):
            if subject not in contacts:
                yield f"{_short(contact_property)} of {_name(subject)}"


def _mail_in_text(graph: Graph) -> Iterator[str]:
    """Find private mail addresses in descriptions, links and names of things."""
    contact_properties = _listed(PRIVACY.ContactProperties)
    for subject, predicate, value in graph:
        if predicate not in contact_properties and (_is_private(value) or _is_private(subject)):
            yield f"{_short(predicate)} of {_name(subject)}"


def _private_mailboxes(graph: Graph) -> Iterator[Remark]:
    for contact_property in sorted(_listed(PRIVACY.ContactProperties)):
        for subject, value in graph.subject_objects(contact_property):
            if _is_private(value):
                yield Remark(
                    "private-mailbox",
                    "{place} is a mailbox at a provider for private persons. If it belongs to one person, "
                    "use an address of the organisation.",
                    {"place": f"{_short(contact_property)} of {_name(subject)}"},
                    needs_person=True,
                )


def _contact_points(graph: Graph) -> set[Node]:
    typed = {
        subject for kind in _listed(PRIVACY.ContactClasses) for subject in graph.subjects(RDF.type, kind)
    }
    linked = {value for link in _listed(PRIVACY.ContactLinks) for value in graph.objects(None, link)}
    return typed | linked


def _is_private(value: Node) -> bool:
    if not isinstance(value, Literal | URIRef):
        return False
    return any(_private_domain().fullmatch(found[1]) for found in MAIL_DOMAIN.finditer(str(value)))


@cache
def _rules() -> Graph:
    return Graph(bind_namespaces="none").parse(data=(FOLDER / "privacy.ttl").read_bytes(), format="turtle")


@cache
def _listed(collection: URIRef) -> frozenset[URIRef]:
    return frozenset(item for item in _rules().objects(collection, SKOS.member) if isinstance(item, URIRef))


@cache
def _private_domain() -> re.Pattern[str]:
    lines = (FOLDER / "mail-providers.txt").read_text(encoding="utf-8").splitlines()
    domains = [line for line in lines if line and not line.startswith("#")]
    patterns = [re.escape(domain).replace(r"\.\*", rf"\.{COUNTRY_ENDING}") for domain in domains]
    return re.compile("|".join(patterns), re.IGNORECASE)


def _short(iri: Node) -> str:
    """Write an IRI the way people write it in a file: schema:email."""
    return str(iri.n3(_rules().namespace_manager))


def _name(subject: Node) -> str:
    """Say which thing is meant; a private address in its name stays unsaid."""
    if not isinstance(subject, URIRef):
        return "a thing without a name"
    return "<" + printable(MAIL_DOMAIN.sub("…@…", str(subject)), longest=150) + ">"


def _unique(places: Iterator[str] | list[str]) -> list[str]:
    return sorted(set(places))


def _show(places: list[str]) -> str:
    return ", ".join(places[:SHOWN]) + (", …" if len(places) > SHOWN else "")

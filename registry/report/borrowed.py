"""What terms of other vocabularies are called here; terms of Koepel carry their names themselves."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, SKOS, Namespace

from registry.translation import Translator
from registry.vocabulary import CV, SCHEMA

if TYPE_CHECKING:
    from rdflib import URIRef

__all__ = ["borrowed_name"]

ELI = Namespace("http://data.europa.eu/eli/ontology#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")


def borrowed_name(iri: URIRef, language: str) -> str:
    """Name a term of another vocabulary, or give nothing when it is unknown here.

    >>> borrowed_name(DCTERMS.audience, "en")
    'target group'
    """
    return _names(language).get(iri, "")


@cache
def _names(language: str) -> dict[URIRef, str]:
    return _properties(language) | _classes(language)


def _properties(language: str) -> dict[URIRef, str]:
    _ = Translator("report", language)
    return {
        CV.hasCompetentAuthority: _("competent authority"),
        DCAT.contactPoint: _("contact point"),
        DCTERMS.alternative: _("other name"),
        DCTERMS.audience: _("target group"),
        DCTERMS.description: _("description"),
        DCTERMS.identifier: _("identifier"),
        DCTERMS.isPartOf: _("part of"),
        DCTERMS.issued: _("date of publication"),
        DCTERMS.language: _("language"),
        DCTERMS.license: _("licence"),
        DCTERMS.modified: _("date of last change"),
        DCTERMS.publisher: _("publisher"),
        DCTERMS.source: _("source"),
        DCTERMS.spatial: _("place or area"),
        DCTERMS.title: _("title"),
        FOAF.homepage: _("website"),
        FOAF.name: _("name"),
        FOAF.page: _("page about it"),
        FOAF.primaryTopic: _("main subject"),
        ORG.memberOf: _("member of"),
        ORG.subOrganizationOf: _("part of organisation"),
        ORG.unitOf: _("part of organisation"),
        RDF.type: _("kind"),
        RDFS.seeAlso: _("see also"),
        SCHEMA.contactPoint: _("contact point"),
        SCHEMA.email: _("e-mail address"),
        SCHEMA.telephone: _("telephone number"),
        SCHEMA.url: _("web address"),
        SKOS.altLabel: _("other name"),
        SKOS.prefLabel: _("name"),
        VCARD.hasEmail: _("e-mail address"),
        VCARD.hasTelephone: _("telephone number"),
        VCARD.hasURL: _("web address"),
    }


def _classes(language: str) -> dict[URIRef, str]:
    _ = Translator("report", language)
    return {
        CV.PublicOrganisation: _("public organisation"),
        ELI.LegalResource: _("law or decree"),
        FOAF.Document: _("document"),
        FOAF.Organization: _("organisation"),
        ORG.FormalOrganization: _("organisation"),
        ORG.Organization: _("organisation"),
        ORG.OrganizationalUnit: _("part of an organisation"),
        SCHEMA.ContactPoint: _("contact point"),
        VCARD.Group: _("contact point"),
        VCARD.Kind: _("contact point"),
        VCARD.Organization: _("organisation"),
    }

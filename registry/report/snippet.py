"""Turtle to paste: the advice of a criterion as lines that complete a description.

A criterion gives the inside of a block. Here it is wrapped in the block of the thing that lacks it; the
`@prefix` lines that such blocks need are listed apart, because a file declares each prefix once.
"""

from __future__ import annotations

import re
from textwrap import indent
from typing import TYPE_CHECKING, Final

from rdflib import XSD, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, SKOS

import ontology
from registry.vocabulary import CODE, CPSV, CV, KOEPEL, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from registry.validation.standard import CriterionUse

__all__ = ["paste", "prefix_lines"]

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
NAMESPACES: Final = {
    "country": f"{AUTHORITY}country/",
    "cpsv": str(CPSV),
    "cv": str(CV),
    "dcat": str(DCAT),
    "dct": str(DCTERMS),
    "foaf": str(FOAF),
    "koepel": str(KOEPEL),
    "language": f"{AUTHORITY}language/",
    "nuts": "http://data.europa.eu/nuts/code/",
    "org": str(ORG),
    "schema": str(SCHEMA),
    "skos": str(SKOS),
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": str(XSD),
}
NOT_NAMES = re.compile(r'<[^<>]*>|"[^"]*"')
PREFIX = re.compile(r"(?<![\w.-])([A-Za-z][\w-]*):")


def paste(use: CriterionUse, thing: Node, base: str | None = None) -> str:
    """Write what a thing lacks as a block to paste, with the thresholds of the standard filled in.

    In a draft, whose address is the base of its names, the block says `<#project>` as its author does. For a
    part without a name of its own there is no block: the lines belong inside that part.
    """
    lines = use.criterion.snippet.strip()
    for threshold in use.thresholds:
        lines = lines.replace("{" + threshold.placeholder + "}", str(threshold.value))
    if not lines or not isinstance(thing, URIRef):
        return lines
    name = thing.removeprefix(base) if base and re.match(r"#|$", thing.removeprefix(base)) else thing
    return f"<{name}>\n{indent(lines, '  ')}\n."


def prefix_lines(snippets: Iterable[str]) -> tuple[str, ...]:
    """List the `@prefix` lines that snippets need, in the order of the alphabet.

    >>> prefix_lines(["koepel:trainingTopic training-topic:safety ;"])[1]
    '@prefix training-topic: <https://w3id.org/koepel/code/training-topic/> .'
    """
    used = {name for one in snippets for name in PREFIX.findall(NOT_NAMES.sub(" ", one))}
    schemes = {path.stem: f"{CODE}{path.stem}/" for path in ontology.codelist_files()}
    known = schemes | NAMESPACES
    return tuple(f"@prefix {name}: <{known[name]}> ." for name in sorted(used & known.keys()))

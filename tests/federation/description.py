"""A small description of a fictitious project, which a test may spoil."""

PROJECT = """
@base <{base}> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
<> a foaf:Document ;
  foaf:primaryTopic <#project> ;
  dct:license <https://creativecommons.org/licenses/by/4.0/> .
<#project> a koepel:Project ;
  dct:title "Fictitious project {title}"@en ;
  dct:description "Newcomers and residents meet."@en ;
  dct:publisher <#organisation> ;
  dct:modified "2026-10-01"^^<http://www.w3.org/2001/XMLSchema#date> ;
  {more}
  koepel:country <http://publications.europa.eu/resource/authority/country/BEL> .
<#organisation> a <http://www.w3.org/ns/org#Organization> ; foaf:name "Fictitious organisation"@en .
"""
AUDIENCE = "dct:audience <https://w3id.org/koepel/code/target-group/newcomer> ;"
PRIVATE_MAILBOX = """koepel:coordinatorContact [
    a <http://www.w3.org/2006/vcard/ns#Kind> ; <http://www.w3.org/2006/vcard/ns#hasEmail> <mailto:x@gmail.com>
  ] ;"""


def text(
    name: str = "one",
    title: str = "One",
    more: str = AUDIENCE,
    *,
    site: str = "https://buddy.example",
) -> bytes:
    """Write a description that the registry accepts, unless a test spoils it."""
    return PROJECT.format(base=f"{site}/{name}", title=title, more=more).encode()

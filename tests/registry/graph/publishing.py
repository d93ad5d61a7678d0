"""Small descriptions that go into a ledger, for the tests of what is made from it."""

import hashlib
from functools import cache

from registry.ingest.guard import Limits
from registry.ingest.reader import read
from registry.ledger import Event, Happening, Ledger, Version

SITE = "https://buddy.example"
PREFIXES = """
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
PROJECT = '<#it> a koepel:Project ; dct:title "{}"@en .'


def source(name: str) -> str:
    """Name a source of the test site."""
    return f"{SITE}/{name}"


@cache
def version(name: str, turtle: str) -> Version:
    """Make a version of a source's document."""
    text = f"@base <{source(name)}> .\n{PREFIXES}{turtle}".encode()
    canonical = read(text, media_type="text/turtle", address=source(name), limits=Limits()).canonical
    return Version(hashlib.sha256(canonical).hexdigest(), canonical, text, "text/turtle")


def accept(ledger: Ledger, name: str, turtle: str, happening: Happening = Happening.ACCEPTED) -> Version:
    """Publish a version of a source's document."""
    made = version(name, turtle)
    ledger.append(Event(source(name), happening, f"{source(name)}.ttl", made.digest), made)
    return made


def end(ledger: Ledger, name: str, happening: Happening = Happening.REMOVED) -> None:
    """Let a source end."""
    ledger.append(Event(source(name), happening, reason="It is over."))

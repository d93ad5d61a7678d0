"""Small events and versions for the tests of the ledger."""

import hashlib

from registry.ledger import Event, Happening, Version

SOURCE = "https://buddy.example/one/"
OTHER = "https://buddy.example/two/"
ADDRESS = "https://buddy.example/profile.ttl"


def version(text: str) -> Version:
    """A version whose digest is right."""
    canonical = f'<https://buddy.example/> <https://schema.org/name> "{text}" .\n'.encode()
    return Version(hashlib.sha256(canonical).hexdigest(), canonical, f"# {text}".encode(), "text/turtle")


FIRST = version("first")
SECOND = version("second")


def event(
    happening: Happening, about: Version | None = None, reason: str = "", source: str = SOURCE
) -> Event:
    """Something that happened to a source."""
    return Event(source, happening, ADDRESS, about.digest if about else None, reason)

"""A small library of made-up standards, and descriptions to hold against them, for the tests of reports."""

from datetime import date
from functools import cache
from pathlib import Path

from registry.check import Checked, check
from registry.draft import read_draft
from registry.ingest.document import Document
from registry.report.reader import tell
from registry.report.view import Gap, ReportView
from registry.validation.standard import Library, load_library

LIBRARY = Path(__file__).parent / "library"
DAY = date(2026, 11, 21)
PREFIXES = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix intensity: <https://w3id.org/koepel/code/intensity/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix target-group: <https://w3id.org/koepel/code/target-group/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
BRIDGE = '<#bridge> a koepel:Project ; dct:title "De Brug"@nl, "The Bridge"@en ; '
COMPLETE = (
    f'{BRIDGE} dct:description "Meet."@en ; '
    "dct:audience target-group:refugee ; "
    "koepel:mentorTrainingHours 20 ; "
    'koepel:document [ a koepel:Document ; dct:modified "2026-10-01"^^xsd:date ] .'
)
"""A project that every sample standard is content with."""


def sample_library() -> Library:
    """Read the made-up standards `profile`, `gentle` and `strict`."""
    return load_library(LIBRARY)


@cache
def describe(turtle: str) -> Document:
    """Read a description as its author would have it before publishing; the prefixes are given."""
    return read_draft((PREFIXES + turtle).encode(), "bridge.ttl")


@cache
def sample_check(turtle: str, *standards: str) -> Checked:
    """Hold a description against the made-up standards."""
    return check(describe(turtle), sample_library(), standards, DAY)


def sample_view(turtle: str, *standards: str, language: str = "en") -> ReportView:
    """Say what was found."""
    return tell(sample_check(turtle, *standards), language, "bridge.ttl")


def gaps(view: ReportView) -> list[Gap]:
    """List all that is missing, whatever it belongs to."""
    requirements = [requirement for standard in view.standards for requirement in standard.requirements]
    return [gap for requirement in requirements for advice in requirement.advice for gap in advice.gaps]

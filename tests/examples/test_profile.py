"""Every example of the countries says enough to be listed."""

from datetime import date

import pytest
from rdflib import RDF

from registry.validation.assessment import assess
from registry.validation.standard import BASIC, load_library
from tests.examples.reading import COUNTRIES, read

LIBRARY = load_library()
PROFILE = LIBRARY.standard("profile")
JUDGED = [
    iri for iri in COUNTRIES if any(kind in PROFILE.judges for kind in read(iri).objects(None, RDF.type))
]


@pytest.mark.parametrize("iri", JUDGED)
def test_an_initiative_of_the_countries_is_listed(iri: str) -> None:
    graph = read(iri)
    written = max(str(day) for day in graph.objects(None, None) if str(day).startswith("2026-"))

    assessment = assess(graph, LIBRARY, PROFILE, date.fromisoformat(written))

    basic = [finding for finding in assessment.findings if finding.check.use.level == BASIC]
    assert [(str(one.result.focus), one.check.use.criterion.identifier) for one in basic] == []
    assert assessment.scorecards

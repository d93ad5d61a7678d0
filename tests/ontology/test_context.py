"""The bundled JSON-LD context says what the vocabulary says, and turns plain JSON into a description."""

import json
from pathlib import Path

from rdflib import URIRef
from rdflib.namespace import DCTERMS

from ontology.context import context
from registry.ingest.document import read_document
from registry.vocabulary import CODE, KOEPEL

BUNDLED = Path(__file__).parents[2] / "registry" / "ingest" / "contexts" / "koepel.jsonld"
SPACE = "https://buddy.example/profile"
PROFILE = {
    "@context": "https://w3id.org/koepel/context.jsonld",
    "id": f"{SPACE}#project",
    "type": "Project",
    "title": {"nl": "Samen op pad", "en": "Out together"},
    "audience": ["newcomer", "refugee"],
    "unitFormat": "one-to-one",
    "mentorTrainingHours": 12,
    "training": {"type": "Training", "appliesTo": "mentor", "durationHours": 2.5},
}


def test_the_bundled_context_is_the_one_made_from_the_modules() -> None:
    assert json.loads(BUNDLED.read_text(encoding="utf-8")) == {"@context": context()}


def test_plain_json_becomes_a_description_with_codes_and_numbers() -> None:
    data = json.dumps(PROFILE).encode()

    graph = read_document(
        data, media_type="application/ld+json", address=f"{SPACE}.jsonld", space=SPACE
    ).graph

    project = URIRef(f"{SPACE}#project")
    assert graph.value(project, KOEPEL.unitFormat) == CODE["unit-format/one-to-one"]
    assert set(graph.objects(project, DCTERMS.audience)) == {
        CODE["target-group/newcomer"],
        CODE["target-group/refugee"],
    }
    assert graph.value(graph.value(project, KOEPEL.training), KOEPEL.appliesTo) == CODE["party/mentor"]
    assert str(graph.value(project, KOEPEL.mentorTrainingHours)) == "12"

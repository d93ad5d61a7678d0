"""Lines to paste."""

import pytest
from rdflib import BNode, Graph, URIRef

from registry.report.reader import tell
from registry.report.snippet import paste, prefix_lines
from registry.validation.standard import CriterionUse, load_library
from tests.registry.sample import BRIDGE, sample_check, sample_library

DRAFT = "https://draft.invalid/bridge.ttl"


def use(token: str, name: str) -> CriterionUse:
    """Find how a made-up standard uses a criterion."""
    uses = sample_library().standard(token).uses
    return next(one for one in uses if one.iri.endswith(f"#{name}"))


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        (f"{DRAFT}#bridge", "<#bridge>"),
        (DRAFT, "<>"),
        (f"{DRAFT}/deeper#bridge", f"<{DRAFT}/deeper#bridge>"),
        ("https://buddy.example/#bridge", "<https://buddy.example/#bridge>"),
    ],
)
def test_in_a_draft_the_block_names_the_thing_as_its_author_does(thing: str, name: str) -> None:
    block = paste(use("gentle", "R1-hours"), URIRef(thing), DRAFT)

    assert block == f"{name}\n  koepel:mentorTrainingHours 2 ;\n."


def test_lines_for_a_part_without_a_name_stand_alone() -> None:
    assert paste(use("gentle", "R1-hours"), BNode(), DRAFT) == "koepel:mentorTrainingHours 2 ;"


def test_a_criterion_without_lines_has_nothing_to_paste() -> None:
    assert paste(use("gentle", "R1-tone"), URIRef(DRAFT), DRAFT) == ""


def test_prefixes_are_not_looked_for_in_texts_and_addresses() -> None:
    lines = prefix_lines(
        ['<https://a.example/foaf:x> dct:title "see koepel:x"@en ; schema:url <mailto:a@b.example> ;']
    )

    assert [line.split()[1] for line in lines] == ["dct:", "schema:"]


def test_what_is_pasted_mends_what_was_missing() -> None:
    view = tell(sample_check(f'{BRIDGE} dct:description "Meet."@en .', "gentle"), "en")
    blocks = [
        advice.snippet for requirement in view.standards[0].requirements for advice in requirement.advice
    ]

    mended = sample_check(f'{BRIDGE} dct:description "Meet."@en . ' + "\n".join(blocks), "gentle")

    assert blocks
    assert mended.conforms


def test_every_criterion_gives_turtle_with_prefixes_that_are_known() -> None:
    uses = [one for standard in load_library().standards.values() for one in standard.uses]
    blocks = [paste(one, URIRef("https://buddy.example/#project")) for one in uses]

    graph = Graph().parse(data="\n".join((*prefix_lines(blocks), *blocks)), format="turtle")

    assert len(graph) > 100

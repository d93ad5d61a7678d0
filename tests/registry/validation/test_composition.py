"""A standard becomes plain SHACL Core with everything filled in."""

from datetime import date
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import SH, XSD
from rdflib.term import Node

from registry.validation.composition import compose, months_before
from registry.validation.engine import validate
from registry.vocabulary import KOEPEL
from tests.registry.validation.small_library import TWO_AND_A_HALF, crit, described, installed, small

TODAY = date(2026, 11, 21)
EVERY_KIND = (
    f"Hours ; {TWO_AND_A_HALF}",
    "Hours ; koepel:followsIntensity true",
    "Fresh ; koepel:threshold [ koepel:parameter crit:Fresh-age ; koepel:maximumAgeMonths 36 ]",
    "Rules",
    "Talk",
    "Minors",
    "Topics",
    "Reach",
    "Reach ; koepel:appliesWhen crit:serves-minors",
    "Title ; koepel:judges koepel:Training",
)


def composed(folder: Path, *uses: str, on: date = TODAY) -> Graph:
    return compose(*installed(folder, *uses), on).shapes


def test_a_threshold_is_filled_in(tmp_path: Path) -> None:
    shapes = composed(tmp_path, f"Hours ; {TWO_AND_A_HALF}")

    assert shapes.value(small("R1-use-stated"), SH.minInclusive) == Literal("2.5", datatype=XSD.decimal)


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "At least 2.5 hours."),
        ("nl", "Minstens 2,5 uur."),
        ("de", "Mindestens 2,5 Stunden."),
        ("ca", "Com a mínim 2,5 hores."),
        ("es", "Al menos 2,5 horas."),
        ("fr", "Au moins 2,5 heures."),
    ],
)
def test_a_message_writes_the_threshold_as_its_language_does(
    tmp_path: Path, language: str, message: str
) -> None:
    shapes = composed(tmp_path, f"Hours ; {TWO_AND_A_HALF}")

    assert Literal(message, lang=language) in set(shapes.objects(small("R1-use-stated"), SH.message))


def test_a_whole_number_is_written_without_a_fraction(tmp_path: Path) -> None:
    age = "koepel:threshold [ koepel:parameter crit:Fresh-age ; koepel:maximumAgeMonths 36 ]"

    shapes = composed(tmp_path, f"Fresh ; {age}")

    assert str(shapes.value(small("R1-use-date"), SH.message)) == "Older than 36 months."


def test_the_name_and_the_advice_of_a_criterion_stand_on_its_shape(tmp_path: Path) -> None:
    shapes = composed(tmp_path, f"Hours ; {TWO_AND_A_HALF}")

    shape = small("R1-use-stated")
    assert Literal("Training van 2,5 uur", lang="nl") in set(shapes.objects(shape, SH.name))
    assert Literal("Add up the hours.", lang="en") in set(shapes.objects(shape, SH.description))
    assert shapes.value(shape, RDFS.seeAlso) == crit("Hours")


@pytest.mark.parametrize(
    ("day", "months", "oldest"),
    [
        (date(2026, 11, 21), 36, date(2023, 11, 21)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2028, 2, 29), 48, date(2024, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_are_counted_back_to_a_day_that_exists(day: date, months: int, oldest: date) -> None:
    assert months_before(day, months) == oldest


def test_a_greatest_age_becomes_the_oldest_day_that_still_counts(tmp_path: Path) -> None:
    age = "koepel:threshold [ koepel:parameter crit:Fresh-age ; koepel:maximumAgeMonths 36 ]"

    shapes = composed(tmp_path, f"Fresh ; {age}", on=date(2028, 2, 29))

    oldest = Literal("2025-02-28", datatype=XSD.date)
    assert shapes.value(small("R1-use-date"), SH.minInclusive) == oldest


def test_what_is_basic_blocks_and_what_is_additional_advises(tmp_path: Path) -> None:
    shapes = composed(tmp_path, "Title", "Topics")

    assert shapes.value(small("R1-use-given"), SH.severity) == SH.Violation
    assert shapes.value(small("R2-use-named"), SH.severity) == SH.Warning


def test_the_properties_of_one_class_stand_in_one_shape(tmp_path: Path) -> None:
    shapes = composed(tmp_path, "Title", "Topics", "Title ; koepel:judges koepel:Training")

    gathered = set(shapes.objects(small("Project-shape"), SH.property))
    assert gathered == {small("R1-use-given"), small("R2-use-named")}
    assert set(shapes.objects(small("Project-shape"), SH.targetClass)) == {KOEPEL.Project}
    assert set(shapes.objects(small("Training-shape"), SH.property)) == {small("R3-use-given")}


def test_a_condition_is_a_way_out_of_the_check(tmp_path: Path) -> None:
    shapes = composed(tmp_path, "Minors")

    start = shapes.value(small("R1-use-policy"), SH["or"])
    assert start is not None
    way_out, check = Collection(shapes, start)
    assert shapes.value(way_out, SH["not"]) == crit("serves-minors")
    assert shapes.value(check, SH.property) == small("R1-use-policy-check")


def test_a_composed_standard_describes_every_shape_that_it_mentions(tmp_path: Path) -> None:
    shapes = composed(tmp_path, *EVERY_KIND)

    links = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape, RDF.first, RDF.rest)
    mentioned = {node for link in links for node in shapes.objects(None, link)} - {RDF.nil}
    mentioned |= {node for node in shapes.objects() if isinstance(node, BNode)}
    parts = {node for node in mentioned if not in_path(shapes, node)}
    assert len(parts) > 20
    assert [node for node in parts if (node, None, None) not in shapes] == []


def in_path(shapes: Graph, node: Node) -> bool:
    """Tell whether a node is a property along which a shape looks, and no shape."""
    return isinstance(node, URIRef) and node in KOEPEL and (None, RDF.first, node) in shapes


def test_a_composed_standard_is_shacl_core_and_nothing_else(tmp_path: Path) -> None:
    shapes = composed(tmp_path, *EVERY_KIND)

    used = {str(predicate) for predicate in shapes.predicates()}
    assert [one for one in used if one.startswith(str(KOEPEL))] == []
    assert {str(SH.sparql), str(SH.js), str(SH.shapesGraph)} & used == set()


def test_a_composed_standard_finds_the_same_after_it_was_written_down(tmp_path: Path) -> None:
    shapes = composed(tmp_path, *EVERY_KIND)
    read = Graph().parse(data=shapes.serialize(format="turtle"), format="turtle")

    data = described(":project a koepel:Project ; dct:audience target-group:minor .")

    assert isomorphic(read, shapes)
    assert len(validate(data, shapes)[1]) == 9
    assert {one.shape for one in validate(data, read)[1]} == {one.shape for one in validate(data, shapes)[1]}


def test_a_standard_is_composed_once_for_each_day(tmp_path: Path) -> None:
    known, read = installed(tmp_path, "Title")

    assert compose(known, read, TODAY) is compose(known, read, TODAY)
    assert compose(known, read, TODAY) is not compose(known, read, date(2026, 11, 22))


def test_composing_and_checking_leave_the_library_and_the_shapes_as_they_are(tmp_path: Path) -> None:
    known, read = installed(tmp_path, *EVERY_KIND)
    before = set(known.graph)
    shapes = compose(known, read, TODAY).shapes
    composed_before = set(shapes)

    validate(described(":project a koepel:Project ."), shapes)

    assert set(known.graph) == before
    assert set(shapes) == composed_before


def test_every_check_leads_back_to_its_criterion(tmp_path: Path) -> None:
    composition = compose(*installed(tmp_path, *EVERY_KIND), TODAY)

    checks = composition.checks
    assert checks[small("R4-use-written")].asks_evidence
    assert not checks[small("R4-use-named")].asks_evidence
    assert checks[small("R4-use-named")].use.criterion.iri == crit("Rules")
    assert checks[small("R1-use-stated")].path == KOEPEL.mentorTrainingHours

"""The validator answers in the terms of SHACL, and touches nothing that it is given."""

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SH, XSD

from registry.errors import InvalidDataError
from registry.validation.engine import Result, validate
from registry.vocabulary import KOEPEL
from tests.registry.validation.small_library import PREFIXES, described

PROJECT = URIRef("https://buddy.example/profile#project")
SHAPES = """
<urn:project> a sh:NodeShape ; sh:targetClass koepel:Project ; sh:property <urn:hours>, <urn:place> .
<urn:hours> a sh:PropertyShape ; sh:path koepel:mentorTrainingHours ; sh:minInclusive 2.0 .
<urn:place> a sh:PropertyShape ; sh:path koepel:municipality ; sh:minCount 1 ; sh:severity sh:Warning .
<urn:trainer> a sh:NodeShape ; sh:targetClass koepel:Training ; sh:node <urn:described> .
<urn:described> a sh:NodeShape ; sh:property [ sh:path dct:description ; sh:minCount 1 ] .
"""


def shapes() -> Graph:
    return Graph().parse(data=PREFIXES + SHAPES, format="turtle")


def test_a_description_that_lacks_nothing_has_no_results() -> None:
    data = described(':project a koepel:Project ; koepel:mentorTrainingHours 2.0 ; koepel:municipality "B" .')

    report, results = validate(data, shapes())

    assert results == ()
    assert list(report.objects(None, SH.conforms)) == [Literal(True)]


def test_a_result_says_what_is_wrong_where_and_how_badly() -> None:
    data = described(':project a koepel:Project ; koepel:mentorTrainingHours 1.5 ; koepel:municipality "B" .')

    _, results = validate(data, shapes())

    assert results == (
        Result(
            focus=PROJECT,
            path=KOEPEL.mentorTrainingHours,
            value=Literal("1.5", datatype=XSD.decimal),
            component=SH.MinInclusiveConstraintComponent,
            shape=URIRef("urn:hours"),
            severity=SH.Violation,
        ),
    )


def test_what_is_missing_has_no_value() -> None:
    _, (result,) = validate(described(":project a koepel:Project ."), shapes())

    assert (result.shape, result.value, result.severity) == (URIRef("urn:place"), None, SH.Warning)


def test_results_come_in_an_order_that_does_not_change() -> None:
    data = described(":b a koepel:Project . :a a koepel:Project ; koepel:mentorTrainingHours 1.0, 0.5 .")

    _, results = validate(data, shapes())

    told = [(str(one.focus).rpartition("#")[2], str(one.shape), str(one.value)) for one in results]
    assert told == [
        ("a", "urn:hours", "0.5"),
        ("a", "urn:hours", "1.0"),
        ("a", "urn:place", "None"),
        ("b", "urn:place", "None"),
    ]


def test_the_details_behind_a_result_are_no_results_of_their_own() -> None:
    _, results = validate(described(":t a koepel:Training ."), shapes())

    assert [str(one.shape) for one in results] == ["urn:trainer"]


def test_a_check_changes_neither_the_description_nor_the_shapes() -> None:
    data, rules = described(":project a koepel:Project ."), shapes()
    before = set(data), set(rules)

    validate(data, rules)

    assert (set(data), set(rules)) == before


def test_a_description_brings_no_shapes_of_its_own() -> None:
    own = "<urn:own> a sh:NodeShape ; sh:targetClass koepel:Training ; sh:nodeKind sh:Literal ."
    data = described(f':t a koepel:Training ; dct:description "x" . {own}')

    assert validate(data, shapes())[1] == ()


def test_nothing_that_a_description_imports_is_fetched() -> None:
    data = described(
        "<https://buddy.example/> <http://www.w3.org/2002/07/owl#imports> <https://other.example/x> ."
    )

    assert validate(data, shapes())[1] == ()


@pytest.mark.parametrize("number", ['"NaN"^^xsd:double', '"NaN"^^xsd:float'])
def test_a_number_that_is_none_is_refused_in_words(number: str) -> None:
    data = described(f":project a koepel:Project ; koepel:mentorTrainingHours {number} .")

    with pytest.raises(InvalidDataError, match="NaN"):
        validate(data, shapes())


@pytest.mark.parametrize("value", ['"many"^^xsd:decimal', '"two"@en', "true", "[]", "<urn:two>"])
def test_a_value_of_the_wrong_kind_does_not_reach_a_least_number(value: str) -> None:
    data = described(f':p a koepel:Project ; koepel:municipality "B" ; koepel:mentorTrainingHours {value} .')

    assert [str(one.shape) for one in validate(data, shapes())[1]] == ["urn:hours"]

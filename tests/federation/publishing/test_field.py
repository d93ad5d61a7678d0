"""What can be asked, found in the shapes."""

from rdflib import RDF
from rdflib.namespace import SH

from federation.publishing.asking.choice import choices
from federation.publishing.asking.field import Kind, fields
from registry.check import PROFILE
from registry.validation.standard import BASIC, load_library
from registry.vocabulary import KOEPEL, LANGUAGES


def test_whatever_the_profile_needs_of_a_project_can_be_asked() -> None:
    library = load_library()
    uses = [
        one for one in library.standard(PROFILE).uses if one.level == BASIC and KOEPEL.Project in one.judges
    ]
    shapes = [shape for use in uses for shape in use.criterion.shapes]
    needed = {
        library.graph.value(one, SH.path) for one in shapes if (one, SH.minCount, None) in library.graph
    }

    assert needed <= {one.path[0] for one in fields().values()}
    assert {one.key for one in fields().values() if one.required} == {
        "title", "description", "country", "audience", "modified",
    }  # fmt: skip


def test_the_shapes_tell_what_may_stand_there() -> None:
    known = fields()

    assert known["audience"].scheme == "target-group"
    assert known["region"].kind is Kind.REGION
    assert known["modified"].kind is Kind.DAY
    assert known["commitment.minimumMonths"].kind is Kind.NUMBER
    assert not known["intensity"].many
    assert known["status"].many


def test_every_field_has_a_name_in_every_language() -> None:
    names = [one.label(tongue) for one in fields().values() for tongue in LANGUAGES]
    foreign = [one.label("ca") for one in fields().values() if one.label("ca") == one.label("en")]

    assert all(names)
    assert foreign == []


def test_every_choice_is_a_concept_of_its_list() -> None:
    coded = [one for one in fields().values() if one.kind is Kind.CODE]

    assert len(coded) > 25
    assert all(f"/{one.scheme}/" in iri for one in coded for iri in choices(one, "en"))
    assert RDF.type not in {step for one in fields().values() for step in one.path}

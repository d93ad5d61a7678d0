"""What follows from a description, and what cannot all be true."""

import tempfile
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, BNode, Graph, URIRef

import ontology
from registry.reasoning import InconsistentError, infer
from registry.vocabulary import EXAMPLE, KOEPEL
from tests.ontology.reading import ROOT, local_name, read, terms

PREFIXES = """
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix support-orientation: <https://w3id.org/koepel/code/support-orientation/> .
@prefix task: <https://w3id.org/koepel/code/task/> .
@prefix time-horizon: <https://w3id.org/koepel/code/time-horizon/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://example.org/> .
"""


def describe(turtle: str) -> Graph:
    """Read a description in Turtle."""
    return Graph().parse(data=PREFIXES + turtle, format="turtle")


def kinds(turtle: str, thing: str = "https://example.org/#it") -> set[str]:
    """Name the kinds that follow for one thing."""
    return {
        str(kind).removeprefix(KOEPEL) for kind in infer(describe(turtle)).objects(URIRef(thing), RDF.type)
    }


@cache
def told_of(country: str) -> Graph:
    """Read all example documents of a country."""
    return read(*sorted((ROOT / "examples" / "countries" / country).glob("*.ttl")))


@cache
def found_in(country: str) -> Graph:
    """Conclude what follows from all example documents of a country."""
    return infer(told_of(country))


def of_kind(country: str, *names: str) -> dict[str, str]:
    """Tell which things of a country are of these kinds, by the last parts of their names."""
    return {
        str(thing).removeprefix(EXAMPLE[f"{country}/"]): name
        for name in names
        for thing in found_in(country).subjects(RDF.type, KOEPEL[name])
    }


DIRECTORS = ("ControllingDirector", "ImplementingDirector", "VisionaryDirector", "FacilitatingDirector")
SUPPORT = ("MentoringProgramme", "BefriendingProgramme", "CoachingProgramme")
LOCAL_ROLES = ("AtLeastMinimalRole", "AtLeastExtendedRole", "AtLeastMaximalRole")


def test_every_class_can_have_members() -> None:
    every = Graph()
    for term in terms(read(*ontology.module_files())):
        every.add((URIRef(f"https://example.org/#{local_name(term)}"), RDF.type, term))

    assert (URIRef("https://example.org/#Pilot"), RDF.type, KOEPEL.Initiative) in infer(every)


@pytest.mark.parametrize(
    ("power", "framework", "director"),
    [
        ("true", "true", "ControllingDirector"),
        ("true", "false", "ImplementingDirector"),
        ("false", "true", "VisionaryDirector"),
        ("false", "false", "FacilitatingDirector"),
    ],
)
def test_power_and_policy_framework_tell_how_a_government_directs(
    power: str, framework: str, director: str
) -> None:
    role = f"""<#it> a koepel:SteeringRole ;
        koepel:exercisesEnforcementPower {power} ; koepel:usesOwnPolicyFramework {framework} ."""

    assert kinds(role) == {director}


def test_one_axis_alone_leaves_the_direction_open() -> None:
    assert kinds("<#it> a koepel:SteeringRole ; koepel:exercisesEnforcementPower true .") == set()


def test_power_that_is_not_used_does_not_count() -> None:
    role = """<#it> a koepel:SteeringRole ;
        koepel:holdsEnforcementPower true ; koepel:usesOwnPolicyFramework true ."""

    assert kinds(role) == set()


@pytest.mark.parametrize(
    ("orientation", "horizon", "expected"),
    [
        ("instrumental", "long-term", {"MentoringProgramme"}),
        ("instrumental", "short-term", {"CoachingProgramme"}),
        ("relational", "long-term", {"BefriendingProgramme"}),
        ("relational", "short-term", {"BefriendingProgramme"}),
    ],
)
def test_aim_and_time_tell_what_kind_of_support_it_is(
    orientation: str, horizon: str, expected: set[str]
) -> None:
    project = (
        f"<#it> a koepel:Project ; koepel:supportOrientation support-orientation:{orientation} ;"
        f" koepel:timeHorizon time-horizon:{horizon} ."
    )

    assert kinds(project) == {"Initiative", *expected}


def test_support_can_be_of_more_than_one_kind() -> None:
    project = """<#it> a koepel:Project ; koepel:timeHorizon time-horizon:long-term ;
        koepel:supportOrientation support-orientation:instrumental, support-orientation:relational ."""

    assert kinds(project) == {"Initiative", "MentoringProgramme", "BefriendingProgramme"}


def test_a_programme_is_public_when_a_public_organisation_answers_for_it() -> None:
    programme = "<#it> a koepel:Programme ; cv:hasCompetentAuthority <#who> . <#who> a {} ."

    assert "PublicProgramme" in kinds(programme.format("cv:PublicOrganisation"))
    assert "PublicProgramme" not in kinds(programme.format("foaf:Agent"))


@pytest.mark.parametrize(
    ("tasks", "roles"),
    [
        ("task:supply-map", 1),
        ("task:supply-map, task:demand-intake-match", 2),
        ("task:supply-map, task:demand-intake-match, task:demand-follow-up, task:demand-closure", 3),
        ("task:demand-intake-match, task:demand-follow-up, task:demand-closure", 0),
        ("task:fund", 0),
    ],
    ids=["minimal", "extended", "maximal", "no supply side", "neither side"],
)
def test_tasks_tell_how_large_the_role_of_a_local_authority_is(tasks: str, roles: int) -> None:
    role = f"<#it> a koepel:LocalGovernmentRole ; koepel:performsTask {tasks} ."

    assert kinds(role) == {"SteeringRole", *LOCAL_ROLES[:roles]}


def test_a_thing_without_a_name_is_understood_too() -> None:
    description = describe("""[] a koepel:SteeringRole ;
        koepel:exercisesEnforcementPower true ; koepel:usesOwnPolicyFramework true .""")
    [role] = description.subjects(RDF.type)

    assert isinstance(role, BNode)
    assert set(infer(description)) == {(role, RDF.type, KOEPEL.ControllingDirector)}


def test_only_what_is_new_is_told_and_only_of_what_is_described() -> None:
    described = describe(
        "<#it> a koepel:Pilot, koepel:Project, koepel:Initiative ; koepel:status task:fund ."
    )

    assert set(infer(described)) == set()


@pytest.mark.parametrize(
    "turtle",
    [
        "<#it> a koepel:SteeringRole ; koepel:exercisesEnforcementPower true, false .",
        "<#it> a koepel:Statement, foaf:Agent .",
        "<#it> a koepel:Project, cv:PublicOrganisation .",
        "<#it> a koepel:Pilot, koepel:Document .",
        "<#it> a koepel:Label, skos:Concept .",
        "<#it> a koepel:SupplySideTask, koepel:DemandSideTask .",
    ],
    ids=[
        "two values",
        "statement and actor",
        "project and body",
        "pilot and text",
        "label and code",
        "both sides",
    ],
)
def test_a_contradiction_is_noticed_and_named(turtle: str) -> None:
    others = "<#a> a koepel:Project . <#z> a koepel:Programme ; cv:hasCompetentAuthority <#a> ."

    with pytest.raises(InconsistentError, match="contradicts") as contradiction:
        infer(describe(turtle + others))

    assert contradiction.value.resources == ("https://example.org/#it",)


def test_kinds_that_overlap_in_practice_are_no_contradiction() -> None:
    network = "<#it> a koepel:MentoringNetwork, foaf:Agent . <#other> a koepel:Programme, koepel:Project ."

    assert "Initiative" in kinds(network)


def test_nothing_is_left_behind_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    infer(describe("<#it> a koepel:Pilot ."))
    with pytest.raises(InconsistentError):
        infer(describe("<#it> a koepel:Pilot, koepel:Document ."))

    assert list(tmp_path.iterdir()) == []


def test_dates_and_texts_do_not_trouble_the_reasoner() -> None:
    project = """<#it> a koepel:Pilot ; koepel:reason "geen"@nl ;
        koepel:startDate "2016"^^xsd:gYear ; koepel:endDate "2018-01-01"^^xsd:date ."""

    assert kinds(project) == {"Initiative", "Project"}


def test_the_german_federal_government_facilitates() -> None:
    assert of_kind("germany", *DIRECTORS) == {
        "menschen-staerken-menschen#federal-direction": "FacilitatingDirector"
    }


def test_the_catalan_government_controls() -> None:
    assert of_kind("catalonia", *DIRECTORS) == {"pcr-mentoring#government-directs": "ControllingDirector"}


def test_the_dutch_state_directs_nothing() -> None:
    assert of_kind("netherlands", *DIRECTORS) == {}
    assert (None, RDF.type, KOEPEL.Programme) in told_of("netherlands")
    assert (None, RDF.type, KOEPEL.SteeringRole) not in told_of("netherlands")


def test_buddy_to_buddy_is_befriending_and_the_catalan_programme_is_mentoring_as_well() -> None:
    assert set(found_in("netherlands").objects(EXAMPLE["netherlands/buddy-to-buddy#programme"])) == {
        KOEPEL.Initiative,
        KOEPEL.BefriendingProgramme,
    }
    assert {"MentoringProgramme", "BefriendingProgramme"} <= {
        str(kind).removeprefix(KOEPEL)
        for kind in found_in("catalonia").objects(EXAMPLE["catalonia/pcr-mentoring#programme"])
    }


def test_the_german_and_catalan_programmes_are_public_and_buddy_to_buddy_is_not() -> None:
    assert "menschen-staerken-menschen#programme" in of_kind("germany", "PublicProgramme")
    assert "pcr-mentoring#programme" in of_kind("catalonia", "PublicProgramme")
    assert "buddy-to-buddy#programme" not in of_kind("netherlands", "PublicProgramme")


def test_ghent_has_an_extended_role_and_ostend_a_maximal_one() -> None:
    extended = set(of_kind("flanders", "AtLeastExtendedRole"))
    maximal = set(of_kind("flanders", "AtLeastMaximalRole"))

    assert extended == {"gent#role-of-the-city", "oostende#local-authority-role"}
    assert maximal == {"oostende#local-authority-role"}


@pytest.mark.parametrize("country", ["germany", "catalonia", "netherlands", "flanders"])
def test_no_country_contradicts_the_definitions(country: str) -> None:
    assert len(found_in(country))

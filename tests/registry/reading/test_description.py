"""What is stated of a thing is read with its parts, its sources and its contradictions."""

import pytest
from rdflib import URIRef
from rdflib.namespace import DCTERMS

from registry.dataset import examples_store
from registry.graph.question import QUESTIONS, ask
from registry.graph.store import GraphStore
from registry.reading.description import Description, Section, describe
from registry.reading.governance import read_governance
from registry.reading.statement import read_statements
from registry.vocabulary import CODE, EXAMPLE, KOEPEL

IMPULSE = EXAMPLE["germany/impulspatenschaften#project"]
BUDDY = EXAMPLE["netherlands/buddy-to-buddy#programme"]
PCR = EXAMPLE["catalonia/pcr-mentoring#programme"]
BRIDGE = EXAMPLE["fictitious/complete-project#project"]


@pytest.fixture(scope="module")
def store() -> GraphStore:
    """The examples."""
    return examples_store(fictitious=True)


def described(store: GraphStore, thing: URIRef) -> Description:
    """Describe a thing that is there."""
    found = describe(store, thing)
    assert found is not None
    return found


def test_facts_come_in_groups_and_in_the_order_of_reading(store: GraphStore) -> None:
    facts = described(store, BUDDY).facts
    sections = [fact.section for fact in facts]

    assert sections == sorted(sections, key=list(Section).index)
    assert facts[0].property == KOEPEL.status
    assert KOEPEL.matching in {fact.property for fact in facts if fact.section is Section.RELATIONSHIP}


def test_a_part_comes_with_its_own_facts_and_statements(store: GraphStore) -> None:
    (fact,) = [one for one in described(store, IMPULSE).facts if one.property == KOEPEL.commitment]
    (value,) = fact.values

    assert value.part is not None
    assert [one.property for one in value.part.facts] == [KOEPEL.minimumMeetings]
    assert value.based_on == (EXAMPLE["germany/impulspatenschaften#PRJ001-contact_frequency-1"],)


def test_a_part_with_a_name_and_a_part_of_a_part_are_found_too(store: GraphStore) -> None:
    facts = {one.property: one for one in described(store, BRIDGE).facts}

    assert all(value.part for value in facts[KOEPEL.policy].values)
    (matching,) = facts[KOEPEL.matching].values
    assert matching.part is not None
    rules = [one for one in matching.part.facts if one.property == KOEPEL.matchingRule]
    assert all(value.part for value in rules[0].values)


def test_a_part_that_is_one_choice_says_so(store: GraphStore) -> None:
    facts = {one.property: one for one in described(store, BUDDY).facts}
    parts = [value.part for value in facts[KOEPEL.evaluation].values if value.part]

    assert not any(part.is_one_choice for part in parts)
    programme = described(store, EXAMPLE["germany/menschen-staerken-menschen#programme"])
    msm = {one.property: one for one in programme.facts}
    assert all(value.part and value.part.is_one_choice for value in msm[KOEPEL.evaluation].values)


def test_what_is_not_there_has_no_description(store: GraphStore) -> None:
    assert describe(store, EXAMPLE.nobody) is None


def test_a_statement_with_a_code_stands_behind_exactly_that_code(store: GraphStore) -> None:
    statements = read_statements(store, BUDDY)
    based_on = described(store, BUDDY).based_on
    groups = (CODE["target-group/refugee"], CODE["target-group/former-newcomer"])

    first, second = (statements.behind(DCTERMS.audience, one, based_on) for one in groups)
    assert first
    assert second
    assert first != second


def test_a_fact_without_statement_has_none_behind_it(store: GraphStore) -> None:
    assert read_statements(store, BRIDGE).behind(KOEPEL.status, CODE["status/active"], ()) == ()


def test_a_contradiction_is_a_pair_and_stands_once(store: GraphStore) -> None:
    pairs = read_statements(store, PCR).contradictions()

    assert pairs
    assert all(other.iri in one.conflicts and one.iri in other.conflicts for one, other in pairs)
    assert len({frozenset((one.iri, other.iri)) for one, other in pairs}) == len(pairs)


def test_statements_say_where_they_stand(store: GraphStore) -> None:
    for statement in read_statements(store, PCR).about(PCR):
        assert statement.source
        assert statement.locator
        assert statement.as_of
        assert statement.text("ca").language == "ca"


def test_assignments_stand_from_those_who_steer_to_those_who_carry_out(store: GraphStore) -> None:
    governance = read_governance(store, EXAMPLE["germany/menschen-staerken-menschen#programme"])
    actors = [actor for actor, _ in governance.by_actor()]

    government = EXAMPLE["germany/bmfsfj#organisation"]
    local = EXAMPLE["germany/menschen-staerken-menschen#local-organisations"]
    assert actors.index(government) < actors.index(local)
    assert governance.directions[0].government == government


@pytest.mark.parametrize("question", sorted(path.stem for path in QUESTIONS.glob("*.rq")))
def test_every_question_says_in_its_first_line_what_it_asks(question: str) -> None:
    first = (QUESTIONS / f"{question}.rq").read_text(encoding="utf-8").partition("\n")[0]

    assert first.startswith("# ")
    assert first.endswith("?")


@pytest.mark.parametrize("question", ["facts", "governance", "home", "scorecard", "statements", "uses"])
def test_a_question_about_an_unknown_thing_has_no_answer(store: GraphStore, question: str) -> None:
    assert ask(store, question, thing=EXAMPLE.nobody).rows == ()

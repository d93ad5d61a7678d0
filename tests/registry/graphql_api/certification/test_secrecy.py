"""What is said in a case stays with its parties: nothing of it is in an answer to anybody else."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_composite_type, is_leaf_type, is_required_argument

from registry.account.actor import ANYBODY, Actor
from registry.graphql_api.schema import schema
from registry.home import publish
from tests.registry.certification.town import (
    ADDRESS,
    ASSESSOR,
    DECIDER,
    OPERATOR,
    OWNER,
    PROJECT,
    Town,
    town,
)
from tests.registry.graphql_api.certification.hall import Hall, at

HUSH = "Rumpelstiltskin"
"""It stands in everything that is nobody else's business."""
FILE = f"%PDF-1.7 {HUSH}".encode()
PUBLIC_ROOTS = ("labels", "label", "schemes", "initiative", "thing")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hall, str]]:
    """A town in which a label was granted, and much was said that is confidential."""
    with town(tmp_path_factory.mktemp("secrecy") / "home") as made:
        number = whisper(made)
        publish(made.home, made.desk.rulebook, made.clock.day)
        yield Hall.of(made, made.clock.day), number


def whisper(place: Town) -> str:
    """Say confidential things wherever something can be said before a label is granted."""
    case = place.open()
    use = str(place.standard(case).uses[0].iri)
    link: dict[str, Any] = {
        "address": f"https://secret.example/{HUSH}",
        "digest": "0" * 64,
        "dated": "2026-02-01",
    }
    place.act(OWNER, "self-assess", case, reason=HUSH, answers=[{"use": use, "claim": "met", "note": HUSH}])
    place.act(OWNER, "add-evidence", case, reason=HUSH, title=HUSH, **link)
    file: dict[str, Any] = {"kind": "upload", "title": HUSH, "dated": "2026-02-01", "confidential": False}
    place.act(OWNER, "add-evidence", case, upload=FILE, **file)
    place.act(OWNER, "submit", case, reason=HUSH)
    judged = [{"use": use, "outcome": "met", "evidence": ["1"], "note": HUSH}]
    place.act(ASSESSOR, "read-documents", case, reason=HUSH, judgements=judged)
    place.audit(case)
    condition = [{"text": HUSH, "due": "2026-06-01", "uses": [use]}]
    place.act(ASSESSOR, "recommend", case, reason=HUSH, level=case.level, conditions=condition)
    granted = place.act(DECIDER, "grant", case, reason="It meets all that is basic.", conditions=condition)
    return granted.number


def everything(kind: GraphQLObjectType, depth: int, seen: tuple[str, ...] = ()) -> str:
    """Ask for all that a type has and that needs no argument, down to a depth."""
    asked = []
    for name, held in kind.fields.items():
        inner = get_named_type(held.type)
        if any(is_required_argument(one) for one in held.args.values()):
            continue
        if is_leaf_type(inner):
            asked.append(name)
        elif isinstance(inner, GraphQLObjectType) and depth and inner.name not in seen:
            asked.append(f"{name} {everything(inner, depth - 1, (*seen, kind.name))}")
        elif is_composite_type(inner):
            asked.append(f"{name} {{ __typename }}")
    return "{ " + " ".join(asked) + " }"


def asking_everything() -> str:
    """Ask for all that is said of a label to everybody."""
    label = schema._schema.type_map["ConfirmedLabel"]
    assert isinstance(label, GraphQLObjectType)
    return f"query($label: String!) {{ label(iri: $label) {everything(label, 3)} }}"


def test_the_question_does_ask_for_everything(told: tuple[Hall, str]) -> None:
    text = asking_everything()

    for name in ("assessed", "history", "evidence", "audit", "conditions", "scheme", "live", "reason"):
        assert name in text


@pytest.mark.parametrize("actor", [ANYBODY, OPERATOR])
def test_no_answer_about_a_label_holds_what_is_confidential(told: tuple[Hall, str], actor: Actor) -> None:
    hall, number = told

    found = hall.put(asking_everything(), actor, label=number)
    assert found.errors == []
    text = json.dumps(found.response)
    assert "It meets all that is basic." in text
    assert HUSH not in text
    assert f"{ADDRESS}/account/" not in text


def test_no_other_public_answer_holds_it(told: tuple[Hall, str]) -> None:
    hall, number = told
    text = """query($iri: String!, $label: String!) {
      initiative(iri: $iri) { confirmedLabels { iri evidence { title } } labels { title { value } }
        statements { nodes { iri } } documents { iri } readiness { requirements { basic } } }
      thing(iri: $label) { ... on ConfirmedLabel { history { reason } conditions { due } } }
      labels { nodes { assessed { outcome } } } me { iri } }"""

    found = hall.put(text, iri=PROJECT, label=f"{ADDRESS}/label/{number}")
    assert found.errors == []
    assert HUSH not in json.dumps(found.response)


def test_its_parties_do_see_it(told: tuple[Hall, str]) -> None:
    hall, number = told
    text = """query($n: String!) { case(number: $n) { evidence { title address } acts { reason }
      conditions { text } recommendation { reason conditions { text } } } }"""

    for actor in (OWNER, ASSESSOR, DECIDER):
        assert json.dumps(hall.ask(text, actor, n=number)).count(HUSH) > 5


def test_a_case_without_a_label_is_nowhere(hall: Hall, place: Town) -> None:
    case = place.until("recommend")
    refused = place.act(DECIDER, "refuse", case, reason=HUSH)
    at(place, "2026-03-05")
    seen = Hall.of(place, place.clock.day)
    text = """query($iri: String!, $label: String!) { labels { totalCount } label(iri: $label) { iri }
      initiative(iri: $iri) { confirmedLabels { iri } } thing(iri: $label) { iri } }"""

    found = seen.ask(text, iri=PROJECT, label=refused.iri.replace("/case/", "/label/"))
    assert found == {
        "labels": {"totalCount": 0},
        "label": None,
        "initiative": {"confirmedLabels": []},
        "thing": None,
    }


def test_the_schema_itself_names_nobody(told: tuple[Hall, str]) -> None:
    hall, number = told
    known: Any = hall.put("{ __schema { types { name description } } }").data

    text = json.dumps(known)
    assert not any(one in text for one in (HUSH, number, PROJECT, ADDRESS))

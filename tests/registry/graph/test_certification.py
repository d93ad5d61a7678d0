"""The graph tells of labels what the ledger and the day say, whether made step by step or anew."""

import random
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from rdflib import Literal, URIRef

from registry.certification.life.caseload import read_caseload
from registry.certification.life.way import load_way
from registry.certification.statement import DECISIONS
from registry.graph.certification import CERTIFICATION
from registry.graph.claim import CLAIMS
from registry.graph.embedded import EmbeddedStore
from registry.graph.projection import bring_up, forget
from registry.graph.question import ask
from registry.ledger import Event, Happening, Ledger
from registry.validation.standard import Library
from registry.vocabulary import CODE, KOEPEL
from tests.registry.certification.acting import (
    BODY,
    CASE,
    HIGHER,
    LABEL,
    LOWER,
    SCHEME,
    SECRETS,
    SOURCE,
    SUBJECT,
    act,
    adopt,
    apply,
    award,
)
from tests.registry.graph.publishing import PROJECT, accept, end
from tests.registry.graph.test_projection import anew
from tests.registry.validation.small_library import library, standard

TODAY = date(2026, 11, 22)
BODY_SOURCE = "https://body.example"
SECOND = CASE.replace("0a", "1a")
BOAST = f"""{PROJECT.format("first")}
<#label> a koepel:Label ; koepel:awardedTo <#it> ; koepel:underScheme <{SCHEME}> {{}} ."""
SELF = (
    '<#it> <http://schema.org/hasCertification> [ a <http://schema.org/Certification> ; dct:title "Best" ] .'
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library(tmp_path_factory.mktemp("library"), standard("Title", "Title"))


@pytest.fixture
def ledger() -> Ledger:
    """A ledger with a project, an adopted scheme, and a label from March 2024 to February 2027."""
    opened = Ledger.open("sqlite://")
    accept(opened, "one", PROJECT.format("first"))
    adopt(opened)
    apply(opened, "2024-02-01")
    award(opened, "2024-03-01", "2027-02-28")
    opened.append(Event(BODY_SOURCE, Happening.REGISTERED))
    return opened


def made(ledger: Ledger, rules: Library, on: date = TODAY, until: int | None = None) -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    bring_up(store, ledger, rules, on, until=until)
    return store


def labelled(store: EmbeddedStore, day: str) -> list[tuple[str, ...]]:
    """Ask which labels the project had in force on a day."""
    on = Literal(date.fromisoformat(day))
    rows = ask(store, "labelled-on", thing=URIRef(SUBJECT), day=on).rows
    return [tuple(str(row[name]) for name in ("label", "level", "version", "body")) for row in rows]


def trusted(store: EmbeddedStore) -> set[tuple[str, str]]:
    """Tell of each label that has a name how far it can be trusted, and which labels confirm it."""
    rows = store.select(f"SELECT ?it ?what {{ ?it <{KOEPEL.trustLevel}>|<{KOEPEL.confirmedBy}> ?what }}").rows
    found = ((str(row["it"]).partition("#")[2] or str(row["it"]), str(row["what"])) for row in rows)
    return {
        (it, what.removeprefix(f"{CODE}trust-level/")) for it, what in found if not it.startswith("finding")
    }


def upgrade(ledger: Ledger) -> None:
    """Let a second label at a higher level, under a newer version, take the place of the first."""
    apply(ledger, "2025-06-01", case=SECOND, renews=CASE, level=HIGHER)
    told: dict[str, Any] = {"level": HIGHER, "version": "1.1.0", "state": "upgraded"}
    award(ledger, "2025-07-15", "2028-07-15", case=SECOND, **told)
    act(ledger, "replace", "2025-07-15")


def test_what_was_in_force_on_a_day_is_one_question(ledger: Ledger, rules: Library) -> None:
    upgrade(ledger)
    store = made(ledger, rules)
    second = SECOND.replace("/case/", "/label/")

    assert labelled(store, "2024-02-29") == []
    assert labelled(store, "2025-03-01") == [(LABEL, LOWER, "1.0.0", BODY)]
    assert labelled(store, "2025-07-14") == [(LABEL, LOWER, "1.0.0", BODY)]
    assert labelled(store, "2025-07-15") == [(second, HIGHER, "1.1.0", BODY)]


def test_an_extension_and_a_suspension_are_told_day_by_day(ledger: Ledger, rules: Library) -> None:
    act(ledger, "extend", "2026-06-01", expires="2028-02-29")
    act(ledger, "suspend", "2026-08-01", "No coordinator.")
    act(ledger, "reinstate", "2026-09-01")
    store = made(ledger, rules)

    days = ("2026-07-31", "2026-08-01", "2026-08-31", "2026-09-01", "2028-02-29", "2028-03-01")
    assert [len(labelled(store, day)) for day in days] == [1, 0, 0, 1, 1, 0]


def test_what_was_entered_later_counts_from_its_day(ledger: Ledger, rules: Library) -> None:
    before = made(ledger, rules)
    act(ledger, "revoke", "2025-01-01", "It had closed long ago.")

    assert len(labelled(before, "2025-03-01")) == 1
    assert labelled(made(ledger, rules), "2025-03-01") == []
    assert labelled(made(ledger, rules, until=ledger.position() - 1), "2025-03-01") != []


def test_a_label_runs_out_overnight_while_the_ledger_stands_still(rules: Library) -> None:
    ledger = Ledger.open("sqlite://")
    apply(ledger, "2024-02-01")
    award(ledger, "2024-02-29", "2028-02-29")
    store = made(ledger, rules, date(2028, 2, 29))
    state = f"SELECT ?state {{ <{LABEL}> <{KOEPEL.labelState}> ?state }}"
    before = store.select(state).rows

    bring_up(store, ledger, rules, date(2028, 3, 1))

    assert before == ({"state": CODE["label-state/awarded"]},)
    assert store.select(state).rows == ({"state": CODE["label-state/expired"]},)
    assert store.digest() == anew(ledger, rules, date(2028, 3, 1))


def test_on_a_day_on_which_nothing_turns_nothing_is_written(ledger: Ledger, rules: Library) -> None:
    store = made(ledger, rules)
    store.remove(CERTIFICATION)

    bring_up(store, ledger, rules, TODAY + timedelta(days=1))

    assert store.contents(CERTIFICATION) == b""


def test_no_secret_is_anywhere_in_the_graph(ledger: Ledger, rules: Library) -> None:
    upgrade(ledger)
    store = made(ledger, rules)

    graphs = b"".join(store.contents(one) for one in store.graphs()).decode()

    assert [one for one in (*SECRETS, "/account/", "/case/") if one in graphs] == []
    assert LABEL in graphs


def test_a_label_that_only_the_project_tells_of_is_claimed(rules: Library) -> None:
    ledger = Ledger.open("sqlite://")
    accept(ledger, "one", BOAST.format(""))
    accept(ledger, "two", PROJECT.format("second") + SELF)

    found = trusted(made(ledger, rules))

    assert {what for _, what in found} == {"self-declared"}
    assert len(found) == 2


@pytest.mark.parametrize(
    ("more", "trust"),
    [
        ("", "auditor-confirmed"),
        (f"; koepel:atLevel <{LOWER}>", "auditor-confirmed"),
        (f"; koepel:atLevel <{HIGHER}>", "self-declared"),
        (f"; koepel:atLevel <{LOWER}>, <{HIGHER}>", "self-declared"),
        ("; koepel:underScheme <https://other.example/#gold>", "self-declared"),
        (f"; <http://schema.org/issuedBy> <{BODY}>, <https://other.example/>", "self-declared"),
        ("; <http://schema.org/issuedBy> <https://other.example/>", "self-declared"),
        ('; <http://schema.org/expires> "2023-12"', "self-declared"),
        ('; <http://schema.org/validFrom> "2024"', "auditor-confirmed"),
        ('; <http://schema.org/validFrom> "2028-01-01"^^xsd:date', "self-declared"),
        (f"; koepel:atLevel <{HIGHER}> ; koepel:document <https://a.example/>", "document-linked"),
    ],
)
def test_a_claim_is_confirmed_by_the_label_that_it_means(
    ledger: Ledger, rules: Library, more: str, trust: str
) -> None:
    accept(ledger, "one", BOAST.format(more))

    found = trusted(made(ledger, rules))

    assert ("label", trust) in found
    assert (("label", LABEL) in found) is (trust == "auditor-confirmed")


def test_the_number_of_a_label_confirms_no_other_scheme(ledger: Ledger, rules: Library) -> None:
    number = f'; <http://schema.org/certificationIdentification> "{LABEL.rpartition("/")[2]}"'
    accept(ledger, "one", BOAST.format(number).replace(SCHEME, "https://other.example/#gold"))

    assert ("label", "self-declared") in trusted(made(ledger, rules))


def test_a_period_that_a_document_makes_up_is_none(ledger: Ledger, rules: Library) -> None:
    period = """; koepel:atLevel <#gold> ; koepel:underVersion "1" ; <http://schema.org/issuedBy> <#us> ;
      koepel:period [ koepel:inForce true ; koepel:labelState <#held> ;
        koepel:startDate "2024-01-01"^^xsd:date ; koepel:endDate "2030-01-01"^^xsd:date ]"""
    accept(ledger, "one", BOAST.format(period))

    assert [label for label, *_ in labelled(made(ledger, rules), "2026-11-22")] == [LABEL]


def test_what_was_revoked_confirms_nothing_and_is_named(ledger: Ledger, rules: Library) -> None:
    accept(ledger, "one", BOAST.format(""))
    act(ledger, "revoke", "2026-01-01", "The project stopped.")
    store = made(ledger, rules)

    registered = store.select(f"SELECT ?label {{ <{SOURCE}#label> <{KOEPEL.registeredAs}> ?label }}").rows

    assert ("label", "self-declared") in trusted(store)
    assert registered == ({"label": URIRef(LABEL)},)


def test_a_label_of_another_project_confirms_nothing(ledger: Ledger, rules: Library) -> None:
    boast = BOAST.format(f'; <http://schema.org/certificationIdentification> "{LABEL.rpartition("/")[2]}"')
    accept(ledger, "two", boast)

    assert ("label", "self-declared") in trusted(made(ledger, rules))


def test_what_the_issuer_tells_in_its_own_document_is_evidenced(rules: Library) -> None:
    ledger = Ledger.open("sqlite://")
    issued = f"; <http://schema.org/issuedBy> <{SOURCE[:-3]}two#us>"
    accept(ledger, "one", BOAST.format(issued.replace("/two", "/one")))
    accept(ledger, "two", BOAST.format(issued).replace("<#it>", f"<{SUBJECT}>").replace("#label", "#award"))

    assert {("label", "self-declared"), ("award", "document-linked")} <= trusted(made(ledger, rules))


@pytest.mark.parametrize("gone", [CASE, SOURCE, BODY_SOURCE])
def test_a_label_goes_with_what_was_erased(ledger: Ledger, rules: Library, gone: str) -> None:
    store = made(ledger, rules)
    ledger.erase(gone, "The law asks for it.", "registry")
    bring_up(store, ledger, rules, TODAY)

    assert LABEL.encode() not in store.contents(CERTIFICATION)
    assert SCHEME.encode() in store.contents(CERTIFICATION)
    assert store.digest() == anew(ledger, rules, TODAY)


@pytest.mark.parametrize("gone", [CASE, SOURCE, BODY_SOURCE])
def test_a_graph_can_forget_what_was_erased(ledger: Ledger, rules: Library, gone: str) -> None:
    upgrade(ledger)
    accept(ledger, "two", BOAST.format("").replace("<#it> .", f"<{SUBJECT}> ."))
    store = made(ledger, rules)
    at = ledger.position()

    forget(store, gone)

    ledger.erase(gone, "The law asks for it.", "registry")
    expected = made(ledger, rules, until=at)
    assert {one: store.contents(one) for one in (CERTIFICATION, CLAIMS)} == {
        one: expected.contents(one) for one in (CERTIFICATION, CLAIMS)
    }


def live_on(ledger: Ledger, dice: random.Random, day: date) -> None:
    """Let the document or the label change in some way that is possible on a day, or nothing at all."""
    (case,) = read_caseload(ledger, ledger.position()).cases(day)
    later = str(day + timedelta(days=20))
    details: dict[str, dict[str, Any]] = {"extend": {"expires": later}, "overturn": {"index": 9}}
    allowed = {step.name for step in load_way().open_from(case.state)} & DECISIONS - {"grant"}
    steps: list[partial[Any]] = [
        partial(accept, ledger, "one", BOAST.format(dice.choice(("", "; dct:title 'x'")))),
        partial(end, ledger, "one", Happening.WITHDRAWN),
        partial(ledger.position),
    ]
    steps += [partial(act, ledger, name, str(day), **details.get(name, {})) for name in sorted(allowed)]
    dice.choice(steps)()


@pytest.mark.parametrize("seed", range(6))
def test_step_by_step_and_anew_lead_to_the_same_graph(rules: Library, seed: int) -> None:
    ledger, dice = Ledger.open("sqlite://"), random.Random(seed)  # noqa: S311 - histories, no secrets
    store, day = EmbeddedStore.in_memory(), date(2024, 2, 1)
    adopt(ledger)
    apply(ledger, str(day))
    award(ledger, str(day), str(day + timedelta(days=40)))
    for _ in range(8):
        day += timedelta(days=dice.choice((0, 1, 10, 20)))
        live_on(ledger, dice, day)
        bring_up(store, ledger, rules, day)

        assert store.digest() == anew(ledger, rules, day)

"""Random lives of cases: whatever is tried, the registry and the plain rules of the oracle say the same."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from registry.account.actor import Actor, Grant, Role, Scope
from registry.certification.life.way import load_way
from registry.errors import KoepelError
from registry.graph.certification import place_labels
from registry.graph.embedded import EmbeddedStore
from registry.graph.stand import Stand
from registry.validation.standard import load_library
from registry.vocabulary import GRAPH, KOEPEL
from tests.registry.certification import town as made_up
from tests.registry.certification.oracle import FORCE, WAYS, Life, Person
from tests.registry.certification.town import BODY, ORGANISATION, OTHER_BODY, Town

if TYPE_CHECKING:
    from registry.certification.life.case import Case

ELSEWHERE = "https://elsewhere.example/#us"
PEOPLE: dict[str, tuple[Actor, Person]] = {
    "owner": (made_up.OWNER, Person(owner=True)),
    "publisher": (made_up.PUBLISHER, Person(publisher=True)),
    "assessor": (made_up.ASSESSOR, Person(assessor=True)),
    "decider": (made_up.DECIDER, Person(decider=True)),
    "second": (made_up.SECOND, Person(decider=True)),
    "both": (made_up.BOTH, Person(assessor=True, decider=True)),
    "conflicted": (
        made_up.account("conflicted", Grant(Role.DECIDER, BODY), Grant(Role.PUBLISHER, ORGANISATION)),
        Person(publisher=True, decider=True),
    ),
    "reader": (
        replace(made_up.OWNER, via="token:1", scopes=frozenset({Scope.READ})),
        Person(reads_only=True),
    ),
    "operator": (made_up.OPERATOR, Person(stranger=True)),
    "foreign": (
        made_up.account("foreign", Grant(Role.OWNER, ELSEWHERE), Grant(Role.DECIDER, OTHER_BODY)),
        Person(stranger=True),
    ),
    "nobody": (Actor(""), Person(stranger=True)),
}
USUAL = {
    "draft": ("self-assess", "owner"),
    "self-assessed": ("submit", "owner"),
    "applied": ("read-documents", "assessor"),
    "documents-read": ("audit", "assessor"),
    "audited": ("recommend", "assessor"),
    "recommended": ("grant", "decider"),
}
STAGES = ("draft", "documents-read", "recommended", *["awarded"] * 4)
DECIDERS = ("decider", "second", "both", "conflicted")
SENSIBLE = ("owner", "publisher", "assessor", *DECIDERS)
ACTS = sorted(set(WAYS) - {"open"})
LATEST = date(2026, 12, 20)
"""Until then the description of the project is not too old for what the standard asks."""


class Lives(RuleBasedStateMachine):
    """A project, a body, a case, and people who try everything."""

    @initialize(
        stage=st.sampled_from(STAGES),
        assessor=st.sampled_from(("assessor", "both")),
        decider=st.sampled_from(DECIDERS),
    )
    def begin(self, stage: str, assessor: str, decider: str) -> None:
        """Open a case, and bring it along the usual way for a while."""
        self.folder = Path(tempfile.mkdtemp())
        self.town = Town(self.folder / "home")
        for actor, _ in PEOPLE.values():
            self.town.entitle(actor)
        self.store = EmbeddedStore.in_memory()
        self.stand: Stand | None = None
        self.case = self.town.open()
        self.life = Life()
        self.life.follow("open", "owner", self.town.clock.day, None)
        for state, (act, who) in USUAL.items():
            if self.life.state == state != stage:  # where somebody is refused, it stays there
                self._try(act, {"assessor": assessor, "decider": decider}.get(who, who), 0, judged=True)

    def teardown(self) -> None:
        """Leave nothing behind."""
        if hasattr(self, "town"):
            self.town.home.ledger.close()
            shutil.rmtree(self.folder)

    @rule(days=st.sampled_from((1, 7, 29, 31, 60)))
    def let_time_pass(self, days: int) -> None:
        """Move the day on."""
        self.town.clock.day = min(self.town.clock.day + timedelta(days=days), LATEST)

    @rule(data=st.data(), who=st.sampled_from(SENSIBLE), back=st.sampled_from((0, 0, 0, 3)))
    def do_what_the_state_allows(self, data: st.DataObject, who: str, back: int) -> None:
        """Let somebody who has to do with the case do what can be done now."""
        state = self.life.on(self.town.clock.day)
        possible = [act for act in ACTS if state in WAYS[act] and act != "withdraw"]
        self._try(data.draw(st.sampled_from(possible or ACTS)), who, back, judged=True)

    @rule(act=st.sampled_from(ACTS), who=st.sampled_from(sorted(PEOPLE)), back=st.sampled_from((-1, 0, 3)))
    def try_anything(self, act: str, who: str, back: int) -> None:
        """Let anybody try any act: today, tomorrow or some days ago."""
        self._try(act, who, back, judged=back == 0)

    @precondition(lambda self: self.life.state in ("refused", "suspended", "revoked"))
    @rule(ruling=st.sampled_from(("uphold", "overturn")), who=st.sampled_from(DECIDERS))
    def quarrel(self, ruling: str, who: str) -> None:
        """Appeal against the last decision, and let somebody rule on that."""
        self._try("appeal", "owner", 0, judged=True)
        self._try(ruling, who, 0, judged=True)

    @invariant()
    def ledger_and_rules_agree(self) -> None:
        """Compare the case with the plain rules, today and on every day on which something happened."""
        if not hasattr(self, "life"):
            return
        for day in (
            self.town.clock.day,
            *(since for since, _, _ in self.life.history),
            LATEST + timedelta(2000),
        ):
            found = self.town.desk.case(self.case.iri, day)
            assert found.state == self.life.on(day), day
            assert found.in_force == (self.life.on(day) in FORCE)
        assert self.town.desk.case(self.case.iri).appealed == self.life.appealed

    @invariant()
    def graph_and_ledger_agree(self) -> None:
        """Bring the graph up, and find there the labels that the ledger has, and no others."""
        if not hasattr(self, "life"):
            return
        ledger, day = self.town.home.ledger, self.town.clock.day
        goal = Stand(ledger.position(), "rules", day, ledger.lineage)
        place_labels(self.store, ledger, load_library(), self.stand, goal)
        self.stand = goal
        granted = any(state in FORCE for _, state, _ in self.life.history)
        shown = list(self._labels())
        assert shown == ([self.life.on(day)] if granted else [])

    @invariant()
    def nobody_did_what_was_not_granted(self) -> None:
        """Look up in the ledger whether whoever acted had the role for it."""
        if not hasattr(self, "life"):
            return
        load = self.town.desk.caseload()
        for act in load.acts[self.case.iri]:
            roles = load_way().steps[act.name].roles
            own = {grant.role for grant in load.grants.get(act.actor, ())}
            assert own & roles, act

    def _labels(self) -> Iterator[str]:
        rows = self.store.select(
            f"SELECT ?state {{ GRAPH <{GRAPH.certification}> {{ ?label <{KOEPEL.awardedTo}> ?it ; "
            f"<{KOEPEL.labelState}> ?state }} }}"
        ).rows
        return (str(row["state"]).rpartition("/")[2] for row in rows)

    def _try(self, act: str, who: str, back: int, *, judged: bool) -> None:
        actor, person = PEOPLE[who]
        today = self.town.clock.day
        on = today - timedelta(days=back)
        later = self.life.expires is None or back == 0
        expected = self.life.broken(act, who, person, on, today, later=later)
        before = self.town.home.ledger.position()
        details = self._details(act, judged=judged, later=later)
        if expected:
            with pytest.raises(KoepelError) as refused:
                self.town.act(actor, act, self.case, on=on, reason="It is so.", **details)
            assert refused.value.code in expected, (refused.value.code, expected)
            assert self.town.home.ledger.position() == before
            return
        case = self.town.act(actor, act, self.case, on=on, reason="It is so.", **details)
        self.life.judged = judged if act in ("read-documents", "audit") else self.life.judged
        self.life.follow(act, who, on, case.label.expires if case.label else None)

    def _details(self, act: str, *, judged: bool, later: bool) -> dict[str, Any]:
        case: Case = self.case
        day = self.town.clock.day.isoformat()
        judgements = self.town.judgements(case, "met" if judged else "not-met")
        ends = (self.life.expires or LATEST) + timedelta(days=40 if later else 0)
        said: dict[str, dict[str, Any]] = {
            "add-evidence": {
                "title": "Plan",
                "address": "https://buddy.example/plan.pdf",
                "dated": "2026-02-01",
            },
            "read-documents": {"judgements": judgements},
            "audit": {"sessions": [day, day], "mentors": 3, "mentees": 3, "judgements": judgements},
            "recommend": {"level": case.level},
            "extend": {"expires": ends.isoformat()},
        }
        return said.get(act, {})


Lives.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestLives = pytest.mark.slow(Lives.TestCase)

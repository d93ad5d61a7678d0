"""The rules of certification written a second time, as plainly as possible, to hold the real ones against.

Nothing is imported from `registry.certification` here: what the issue and the schemes of the field say is
written down again, in another way, for one initiative, one body and one scheme.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

OPEN = ("draft", "self-assessed", "applied", "documents-read", "audited", "recommended")
FORCE = ("awarded", "extended", "renewed", "upgraded")
APPEAL_DAYS = 30
OWNERS = {"open", "self-assess", "submit", "withdraw", "appeal"}
ASSESSORS = {"send-back", "read-documents", "audit", "recommend", "meet-condition"}
DECIDERS = {"grant", "refuse", "extend", "suspend", "reinstate", "revoke", "uphold", "overturn"}
WAYS: dict[str, dict[str, str]] = {
    "open": {"": "draft"},
    "self-assess": dict.fromkeys(("draft", "self-assessed"), "self-assessed"),
    "add-evidence": {state: state for state in (*OPEN, *FORCE, "suspended")},
    "submit": {"self-assessed": "applied"},
    "withdraw": dict.fromkeys(OPEN, "withdrawn"),
    "send-back": dict.fromkeys(("applied", "documents-read", "audited"), "self-assessed"),
    "read-documents": dict.fromkeys(("applied", "documents-read"), "documents-read"),
    "audit": dict.fromkeys(("documents-read", "audited"), "audited"),
    "recommend": dict.fromkeys(("documents-read", "audited"), "recommended"),
    "grant": {"recommended": "awarded"},
    "refuse": {"recommended": "refused"},
    "extend": dict.fromkeys(FORCE, "extended"),
    "suspend": dict.fromkeys(FORCE, "suspended"),
    "reinstate": {"suspended": "awarded"},
    "revoke": dict.fromkeys((*FORCE, "suspended"), "revoked"),
    "appeal": {state: state for state in ("refused", "suspended", "revoked")},
    "uphold": {state: state for state in ("refused", "suspended", "revoked")},
    "overturn": {"refused": "recommended", "suspended": "awarded", "revoked": "awarded"},
}


@dataclass
class Person:
    """Somebody, by what was granted to them."""

    owner: bool = False
    publisher: bool = False
    assessor: bool = False
    decider: bool = False
    reads_only: bool = False
    stranger: bool = False


@dataclass
class Life:
    """One case as the plain rules have it."""

    state: str = ""
    day: date = date.min
    expires: date | None = None
    sides: dict[str, set[str]] = field(default_factory=dict)
    """On which sides somebody has acted: applying, assessing, deciding."""
    heard: tuple[int, int, int] = (0, 0, 0)
    judged: bool = False
    decision: tuple[date, str] | None = None
    """The last decision that can be appealed: when, and who took it."""
    lodged: bool = False
    appealed: bool = False
    history: list[tuple[date, str, date | None]] = field(default_factory=list)

    def on(self, day: date) -> str:
        """Tell where it stood on a day."""
        state, expires = "", None
        for since, then, last in self.history:
            if since <= day:
                state, expires = then, last
        return "expired" if state in (*FORCE, "suspended") and expires and expires < day else state

    def broken(self, act: str, who: str, person: Person, on: date, today: date, *, later: bool) -> set[str]:
        """Name every rule that an act would break; where there is none, it must be allowed."""
        return {
            *(["case-unknown"] if person.stranger else ()),
            *(["act-in-future"] if on > today else ()),
            *(["act-before-last"] if on < self.day else ()),
            *(["state-forbids", "label-expired", "case-begun"] if self.on(on) not in WAYS[act] else ()),
            *(["role-missing", "scope-missing"] if not self._role(act, person) else ()),
            *self._eyes(act, who, person),
            *self._appeal(act, who, on),
            *self._demand(act, later=later),
        }

    def follow(self, act: str, who: str, on: date, expires: date | None) -> None:
        """Do what was allowed."""
        side = (
            "applying"
            if act in OWNERS | {"add-evidence"}
            else "assessing"
            if act in ASSESSORS
            else "deciding"
        )
        self.sides.setdefault(who, set()).add(side)
        self.state, self.day = WAYS[act][self.on(on)], on
        self.expires = expires or self.expires
        if act == "audit":
            self.heard = tuple(has + more for has, more in zip(self.heard, (2, 3, 3), strict=True))  # type: ignore[assignment]
        if act in ("refuse", "suspend", "revoke"):
            self.decision, self.lodged = (on, who), False
        if act in ("appeal", "uphold", "overturn"):
            self.lodged, self.appealed = True, act == "appeal"
        self.history.append((on, self.state, self.expires))

    def _role(self, act: str, person: Person) -> bool:
        if person.reads_only or person.stranger:
            return False
        if act == "add-evidence":
            return person.owner or person.publisher
        needed = {"owner": act in OWNERS, "assessor": act in ASSESSORS, "decider": act in DECIDERS}
        return any(wanted and getattr(person, role) for role, wanted in needed.items())

    def _eyes(self, act: str, who: str, person: Person) -> list[str]:
        if act not in ASSESSORS | DECIDERS:
            return []
        sides = self.sides.get(who, set())
        own = person.owner or person.publisher or "applying" in sides
        other = "deciding" if act in ASSESSORS else "assessing"
        return [
            *(["conflict-of-interest"] if own else ()),
            *(["decider-has-assessed", "assessor-has-decided"] if other in sides else ()),
        ]

    def _appeal(self, act: str, who: str, on: date) -> list[str]:
        if act == "appeal":
            late = self.decision is None or on > self.decision[0] + timedelta(days=APPEAL_DAYS)
            return [*(["appeal-late"] if late else ()), *(["appeal-again"] if self.lodged else ())]
        if act in ("uphold", "overturn"):
            own = self.decision is not None and self.decision[1] == who
            return [
                *(["appeal-own-decision"] if own else ()),
                *(["appeal-not-open"] if not self.appealed else ()),
            ]
        return ["appeal-undecided"] if self.appealed and act != "add-evidence" else []

    def _demand(self, act: str, *, later: bool) -> list[str]:
        short = any(has < wanted for has, wanted in zip(self.heard, (2, 3, 3), strict=True))
        return [
            *(["audit-incomplete"] if act == "recommend" and short else ()),
            *(["level-missed"] if act == "grant" and not self.judged else ()),
            *(["extension-not-later"] if act == "extend" and not later else ()),
        ]

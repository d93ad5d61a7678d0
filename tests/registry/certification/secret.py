"""A registry in which a word of its own stands in everything that is said in confidence, or aloud."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from registry.account.account import Account, add_account
from registry.account.actor import Actor, Grant, Role
from registry.account.vault import Vault
from registry.certification.life.case import Case
from registry.certification.proof.evidence import exhibits
from registry.home import publish
from registry.label.keys.key import created
from registry.label.keys.keyring import Keyring
from tests.registry.certification.cast import (
    OTHER_ORGANISATION,
    OTHER_PROJECT,
    OTHER_SCHEME,
    add_second_project,
)
from tests.registry.certification.town import (
    ADDRESS,
    BODY,
    ORGANISATION,
    OTHER_BODY,
    START,
    Town,
)

__all__ = ["ALOUD", "OF_REFUSED", "PERSONAL", "Secret", "whisper", "word"]

PERSONAL = {"name": "Qwortname", "mail": "Qwortmail"}
"""These stand with the accounts and nowhere else."""
ALOUD = {"grant": "Qlautgrant", "suspend": "Qlautsuspend", "title": "Qlauttitle", "address": "Qlautaddress"}
"""These everybody may read: reasons of decisions on a label, and a document that is not confidential."""
WORDS = (
    *("link-title", "link-address", "link-reason", "file-title", "file-bytes", "claim", "claim-reason"),
    *("submission", "finding", "finding-reason", "visit", "visit-reason", "recommended", "wanted"),
    *("condition", "mended", "refused", "refused-claim", "refused-finding", "appealed", "upheld"),
    *("prepared", "prepared-file"),
)
OF_REFUSED = {
    *("refused", "refused-claim", "refused-finding", "appealed", "upheld", "number of refused"),
    *(f"account of {name}" for name in ("elsewhere", "foreign", "judge", "second-judge")),
}
"""What is hidden from those who have to do with the first project alone."""
PEOPLE = {
    "owner": Grant(Role.OWNER, ORGANISATION),
    "assessor": Grant(Role.ASSESSOR, BODY),
    "decider": Grant(Role.DECIDER, BODY),
    "elsewhere": Grant(Role.OWNER, OTHER_ORGANISATION),
    "foreign": Grant(Role.ASSESSOR, OTHER_BODY),
    "judge": Grant(Role.DECIDER, OTHER_BODY),
    "second-judge": Grant(Role.DECIDER, OTHER_BODY),
}


def word(name: str) -> str:
    """Give the word that stands in one place and nowhere else."""
    return f"Qwort{name.replace('-', 'x')}x"


@dataclass
class Secret:
    """The registry, and what nobody else may find."""

    town: Town
    people: dict[str, Actor]
    label: Case
    refused: Case
    prepared: Case
    passphrase: ClassVar[str] = "a pass phrase for a made-up town"  # noqa: S105 - of a town that does not exist

    @property
    def hidden(self) -> dict[str, str]:
        """Everything that stands in no answer to somebody who is no party: by what it is."""
        desk = self.town.desk
        files = [
            one for case in (self.label, self.prepared) for one in exhibits(desk.case(case.iri)) if one.file
        ]
        return {
            **{name: word(name) for name in WORDS},
            **PERSONAL,
            **{f"account of {name}": actor.account.rpartition("/")[2] for name, actor in self.people.items()},
            **{f"digest of file {one.title}": one.digest for one in files},
            **{f"name of file {one.title}": one.file for one in files},
            "digest of link": "7e" * 32,
            "number of refused": self.refused.number,
            "number of prepared": self.prepared.number,
        }


def whisper(folder: Path) -> Secret:
    """Play a case that ends in a label, one that is refused for good, and one that is being prepared."""
    town = Town(folder)
    add_second_project(town)
    people = {name: _enrol(town, name, grant) for name, grant in PEOPLE.items()}
    ring = Keyring(folder, Secret.passphrase)
    for number, body in enumerate((BODY, OTHER_BODY), start=1):
        event = created(body, number, ring.make(number), "operator")
        town.home.ledger.append(replace(event, time=datetime(2026, 1, 2, tzinfo=UTC)))
    label = _labelled(town, people)
    refused = _refused(town, people)
    prepared = town.open(people["owner"], renews=label.iri)
    _add_file(town, people["owner"], prepared, "prepared-file")
    answer = {"use": _use(town, prepared), "claim": "not-met", "note": word("prepared")}
    town.act(people["owner"], "self-assess", prepared, answers=[answer])
    publish(town.home, town.desk.rulebook, START)
    return Secret(town, people, town.desk.case(label.iri), refused, prepared)


def _labelled(town: Town, people: dict[str, Actor]) -> Case:
    owner, assessor, decider = people["owner"], people["assessor"], people["decider"]
    case = town.open(owner)
    use, day = _use(town, case), START.isoformat()
    link: dict[str, Any] = {
        "title": word("link-title"),
        "address": f"https://secret.example/{word('link-address')}",
    }
    town.act(
        owner, "add-evidence", case, reason=word("link-reason"), dated="2026-02-01", digest="7e" * 32, **link
    )
    _add_file(town, owner, case, "file")
    told: dict[str, Any] = {
        "title": ALOUD["title"],
        "address": f"https://open.example/{ALOUD['address']}",
        "dated": "2026-02-01",
    }
    town.act(owner, "add-evidence", case, confidential=False, supports=[use], **told)
    answers = [{"use": use, "claim": "met", "note": word("claim")}]
    town.act(owner, "self-assess", case, reason=word("claim-reason"), answers=answers)
    town.act(owner, "submit", case, reason=word("submission"))
    found = [{"use": use, "outcome": "met", "evidence": ["1", "2"], "note": word("finding")}]
    town.act(assessor, "read-documents", case, reason=word("finding-reason"), judgements=found)
    visit: dict[str, Any] = {"sessions": [day, day], "mentors": 3, "mentees": 3}
    judged = [{**one, "note": word("visit")} for one in town.judgements(case)]
    town.act(assessor, "audit", case, reason=word("visit-reason"), judgements=judged, **visit)
    wanted = [{"text": word("wanted"), "due": "2026-06-30", "uses": [use]}]
    town.act(assessor, "recommend", case, reason=word("recommended"), level=case.level, conditions=wanted)
    asked = [{"text": word("condition"), "due": "2026-06-30", "uses": [use]}]
    town.act(decider, "grant", case, reason=ALOUD["grant"], conditions=asked)
    town.act(assessor, "meet-condition", case, reason=word("mended"), number=1)
    town.act(decider, "suspend", case, reason=ALOUD["suspend"])
    return town.act(decider, "reinstate", case, reason="All is well again.")


def _refused(town: Town, people: dict[str, Actor]) -> Case:
    owner, assessor = people["elsewhere"], people["foreign"]
    case = town.open(owner, subject=OTHER_PROJECT, scheme=OTHER_SCHEME)
    use, day = _use(town, case), START.isoformat()
    claim = {"use": use, "claim": "met", "note": word("refused-claim")}
    town.act(owner, "self-assess", case, answers=[claim])
    town.act(owner, "submit", case)
    finding = {"use": use, "outcome": "not-met", "note": word("refused-finding")}
    town.act(assessor, "read-documents", case, judgements=[finding])
    town.act(assessor, "audit", case, sessions=[day, day], mentors=3, mentees=3)
    town.act(assessor, "recommend", case)
    town.act(people["judge"], "refuse", case, reason=word("refused"))
    town.act(owner, "appeal", case, reason=word("appealed"))
    return town.act(people["second-judge"], "uphold", case, reason=word("upheld"))


def _add_file(town: Town, owner: Actor, case: Case, name: str) -> None:
    told: dict[str, Any] = {"kind": "upload", "title": word(f"{name}-title"), "dated": "2026-02-01"}
    data = f"%PDF-1.7 {word('file-bytes')} in {name}".encode()
    town.act(owner, "add-evidence", case, upload=data, **told)


def _use(town: Town, case: Case) -> str:
    return next(str(use.iri) for use in town.standard(case).uses if str(use.mode).endswith("person"))


def _enrol(town: Town, name: str, grant: Grant) -> Actor:
    with Vault(town.home.folder) as vault:
        mail, now = f"{PERSONAL['mail']}-{name}@town.example", datetime(2026, 1, 2, tzinfo=UTC)
        account: Account = add_account(vault, ADDRESS, f"{PERSONAL['name']} {name}", mail, "en", now)
        vault.write("UPDATE account SET password = 'set' WHERE id = ?", account.id)
    actor = Actor(account.iri, frozenset({grant}), "session")
    town.entitle(actor)
    return actor

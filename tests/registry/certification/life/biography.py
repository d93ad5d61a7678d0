"""The whole life of a made-up project with a made-up label, step by step, as people and programs live it.

The label holds for four years. The project applies in 2024 and fails, mends its description and passes at the
basic level. Its label is extended, suspended and reinstated, follows the standard into a new version with an
upgrade, runs out on 29 February 2032, is renewed late, and is revoked in 2033.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from icalendar import Calendar

from tests.federation.site import serve
from tests.registry.certification.life.life import INSURANCE, WAY_IN, Life
from tests.registry.certification.life.scene import Registry
from tests.registry.certification.life.witness import credential
from tests.registry.certification.town import BASIC, BODY, LANTERN, PLUS, SCHEME

__all__ = ["live"]

RULES = LANTERN.replace("koepel:validityMonths 36", "koepel:validityMonths 48")


@contextmanager
def live(registry: Registry) -> Iterator[Life]:
    """Live the life up to its last decision, the revocation; what follows is for each test to choose."""
    with serve() as site:
        life = Life(registry, site)
        for chapter in CHAPTERS:
            chapter(life)
        yield life


def settle(life: Life) -> None:
    """Set up the registry, the body and the people; the project puts its description on its site."""
    registry = life.registry
    registry.be("2024-01-08")
    rules = registry.folder.parent / "scheme.ttl"
    rules.write_text(RULES, encoding="utf-8")
    registry.run("scheme", "adopt", rules)
    registry.run("key", "create", BODY)
    registry.invite("olga", ("owner", life.organisation))
    registry.invite("aart", ("assessor", BODY))
    registry.invite("dora", ("decider", BODY))
    registry.invite("emma", ("decider", BODY))
    life.publish(2023, WAY_IN, INSURANCE)


def fail(life: Life) -> None:
    """Apply on the pages; the description lacks something basic, so the label cannot be granted."""
    registry = life.registry
    registry.be("2024-01-10")
    olga = registry.enter("olga")
    begun = olga.send("/en/cases", act="open", subject=life.project, scheme=SCHEME, level=BASIC)
    assert begun.status_code == 303, begun.text
    number = life.cases["failed"] = begun.headers["location"].split("/")[-1].partition("?")[0]
    assert (
        registry.on_page("olga", "self-assess", number, **olga.each(number, "answers", "claim", "met")) == ""
    )
    assert registry.on_page("olga", "submit", number) == ""
    registry.be("2024-01-29")
    assert registry.on_page("aart", "read-documents", number) == ""
    found = registry.enter("aart").each(number, "judgements", "outcome", "met")
    heard: dict[str, str | list[str]] = {
        "sessions": ["2024-01-22", "2024-01-29"],
        "mentors": "3",
        "mentees": "3",
    }
    assert registry.on_page("aart", "audit", number, **heard, **found) == ""
    assert registry.on_page("aart", "recommend", number, level=BASIC) == ""
    registry.be("2024-02-12")
    life.noted["refusal"] = registry.on_page("dora", "grant", number)
    assert registry.on_page("dora", "refuse", number, reason="Nobody reads how to take part.") == ""
    registry.show()
    life.noted["after failing"] = [
        registry.visitor.get(f"/label/{number}").status_code,
        registry.ask("{ labels { totalCount } }")["data"]["labels"]["totalCount"],
    ]


def passing(life: Life) -> None:
    """Mend the description, and get the label at the basic level by GraphQL."""
    registry = life.registry
    registry.be("2024-02-19")
    life.describe(2024, INSURANCE)
    life.noted["mended"] = registry.run("harvest", "--all")
    registry.be("2024-02-20")
    number = life.cases["first"] = opened_in_graphql(life, BASIC)
    assert registry.in_graphql("olga", "self-assess", number, answers=[]) == "self-assessed"
    assert registry.in_graphql("olga", "submit", number) == "applied"
    registry.be("2024-02-26")
    judge_in_graphql(life, number, BASIC, life.judgements("1.0.0", "Q34"))
    registry.be("2024-03-01")
    assert registry.in_graphql("dora", "grant", number, "All that is basic is met.") == "awarded"
    life.see("passed", "first")


def extend(life: Life) -> None:
    """Move the end of the label by three months, at the command line."""
    life.registry.be("2026-10-05")
    number, reason = life.cases["first"], "The team moves house when the audit is due."
    life.registry.at_console("dora", "extend", number, reason, expires="2028-06-30")
    life.see("extended", "first")


def announce(life: Life) -> None:
    """Read what the announced version of the standard would change, before it counts."""
    registry = life.registry
    for day in ("2026-11-21", "2026-11-23"):
        registry.be(day)
        life.noted[f"standard on {day}"] = registry.visitor.get("/en/standards/cms").text
        life.noted[f"due on {day}"] = due_for(life, "dora")
    life.noted["in graphql"] = previewed(life)
    options = ("--format", "json")
    life.noted["at console"] = json.loads(registry.run("standard", "preview", "cms", "1.1.0", *options))
    page = {"token": "cms", "version": "1.1.0"}
    life.noted["on page"] = registry.enter("dora").read("/en/standard-preview", **page).text


def suspend(life: Life) -> None:
    """Suspend the label on its page, and reinstate it at the command line some days after the decision."""
    registry, number = life.registry, life.cases["first"]
    registry.be("2027-04-12")
    assert registry.on_page("dora", "suspend", number, reason="There is no coordinator.") == ""
    life.see("suspended", "first")
    registry.be("2027-06-03")
    registry.at_console("dora", "reinstate", number, "There is a coordinator again.", on="2027-05-31")
    life.see("reinstated", "first")


def upgrade(life: Life) -> None:
    """Apply for the higher level by the new version of the standard; every interface has a part."""
    registry = life.registry
    registry.be("2027-07-01")
    life.see("version counts", "first")
    registry.be("2028-01-10")
    life.describe(2027)
    registry.run("harvest", "--all")
    told = ("--as", registry.people["olga"].number, "--level", PLUS, "--renews", life.cases["first"])
    number = registry.run("case", "open", life.project, SCHEME, *told).split()[0]
    life.cases["upgraded"] = number
    assert registry.on_page("olga", "self-assess", number) == ""
    assert registry.in_graphql("olga", "submit", number) == "applied"
    registry.be("2028-02-14")
    assert registry.at_console("aart", "read-documents", number) == "documents-read"
    found = registry.enter("aart").each(number, "judgements", "outcome", "met")
    heard: dict[str, str | list[str]] = {
        "sessions": ["2028-02-07", "2028-02-14"],
        "mentors": "4",
        "mentees": "5",
    }
    assert registry.on_page("aart", "audit", number, **heard, **found) == ""
    assert registry.in_graphql("aart", "recommend", number, level=PLUS) == "recommended"
    registry.be("2028-02-29")
    life.noted["first credential"] = credential(registry, life.cases["first"])
    assert registry.on_page("dora", "grant", number, reason="More than the basics.") == ""
    life.see("upgraded", "upgraded")
    life.see("replaced", "first")


def expire(life: Life) -> None:
    """Let the label run out, of which nobody does anything."""
    for day, step in (("2032-02-29", "last day"), ("2032-03-01", "expired")):
        life.registry.be(day)
        life.see(step, "upgraded")


def renew(life: Life) -> None:
    """Renew it late, mostly at the command line."""
    registry = life.registry
    registry.be("2032-04-05")
    life.describe(2032)
    registry.run("harvest", "--all")
    number = life.cases["renewed"] = life.apply_at_console(PLUS, renews=life.cases["upgraded"])
    registry.be("2032-05-10")
    judge_in_graphql(life, number, PLUS, life.judgements("1.1.0"))
    registry.be("2032-06-01")
    assert registry.at_console("dora", "grant", number, "All is as it was.") == "renewed"
    life.see("renewed", "renewed")


def revoke(life: Life) -> None:
    """Revoke it by GraphQL; the project appeals on its page."""
    registry, number = life.registry, life.cases["renewed"]
    registry.be("2033-02-01")
    life.noted["credential"] = credential(registry, number)
    assert registry.in_graphql("dora", "revoke", number, "No training is held.") == "revoked"
    life.see("revoked", "renewed")
    registry.be("2033-02-14")
    assert registry.on_page("olga", "appeal", number, reason="Training is held on Mondays.") == ""
    life.noted["own decision"] = registry.in_graphql("dora", "overturn", number, "It is so.")
    life.see("appealed", "renewed")
    registry.be("2033-03-10")


CHAPTERS: tuple[Callable[[Life], None], ...] = (
    *(settle, fail, passing, extend, announce, suspend, upgrade, expire, renew, revoke),
)


def opened_in_graphql(life: Life, level: str) -> str:
    """Begin an application by GraphQL."""
    text = "mutation($what: OpeningInput!) { openCase(details: $what) { number } }"
    what = {"subject": life.project, "scheme": SCHEME, "level": level}
    answer = life.registry.ask(text, "olga", what=what)
    return str(answer["data"]["openCase"]["number"])


def judge_in_graphql(life: Life, number: str, level: str, found: list[dict[str, str]]) -> None:
    """Read the documents, hear people and recommend, by GraphQL."""
    registry = life.registry
    assert registry.in_graphql("aart", "read-documents", number, judgements=found) == "documents-read"
    day = date.today().isoformat()
    heard: dict[str, Any] = {"sessions": [day, day], "mentors": 3, "mentees": 3}
    assert registry.in_graphql("aart", "audit", number, **heard, judgements=[]) == "audited"
    assert registry.in_graphql("aart", "recommend", number, level=level) == "recommended"


def due_for(life: Life, name: str) -> list[str]:
    """Let somebody make an address for their calendar, and read what is due there."""
    answer = life.registry.enter(name).send("/en/calendar", act="create")
    [path] = re.findall(r"/calendar/[^<]+\.ics", answer.text)
    feed = Calendar.from_ical(life.registry.visitor.get(path).content)
    return [f"{one.decoded('dtstart')} {one['summary']}" for one in feed.walk("VEVENT")]


def previewed(life: Life) -> list[dict[str, Any]]:
    """Ask in GraphQL what the new version would change for the project."""
    text = """{ preview(standard: "cms", version: "1.1.0") { label { number } now then affected
      shifts { use before after lost gained } } }"""
    found: list[dict[str, Any]] = life.registry.ask(text, "olga")["data"]["preview"]
    return found

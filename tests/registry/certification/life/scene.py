"""A registry that is met from outside alone: at the command line, on its pages, in GraphQL and in SPARQL.

The clock of the whole process is moved, so that every part of the registry has the same day, and nothing is
told to it in another way than people and programs can. The registry, the project and the people are made up.
"""

import html
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyotp
import time_machine
from fastapi import FastAPI
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from registry.account.actor import ANYBODY
from registry.cli import app as koepel
from registry.home import Home
from registry.settings import Settings, settings
from registry.web.app import create_app
from tests.registry.account.people import PASSWORD
from tests.registry.web.account.browser import send
from tests.registry.web.certification.stage import Person, problem

__all__ = ["ADDRESS", "Clock", "Registry", "Somebody", "forked", "moved", "opened"]

ADDRESS = "https://registry.example"
FACTOR = re.compile(r"<code>((?:[A-Z2-7]{4} ?){8})</code>")
TOKEN = re.compile(r"kp_[\w-]{43}")
INPUTS = {
    "self-assess": "SelfAssessmentInput",
    "read-documents": "JudgementInput",
    "audit": "AuditInput",
    "recommend": "RecommendationInput",
    "grant": "GrantInput",
    "extend": "ExtensionInput",
}
"""How GraphQL calls what is said with an act."""
Clock = time_machine.Traveller


@dataclass
class Somebody:
    """Somebody who was invited, with their browser and their device."""

    number: str
    mail: str
    factor: str
    browser: TestClient
    entered: date | None = None
    """The day on which they signed in last; sessions and tokens hold no longer here."""
    token: str = ""

    @property
    def code(self) -> str:
        """What their device shows now."""
        return pyotp.TOTP(self.factor).now()


@dataclass
class Registry:
    """A registry, as those outside meet it."""

    folder: Path
    clock: Clock
    app: FastAPI
    visitor: TestClient
    people: dict[str, Somebody] = field(default_factory=dict)

    def be(self, day: str) -> None:
        """Let it be nine o'clock in the morning of another day."""
        self.clock.move_to(datetime.fromisoformat(f"{day}T09:00:00+00:00"))

    def wait(self, **time: float) -> None:
        """Let some time pass."""
        self.clock.shift(timedelta(**time))

    def run(self, *arguments: object, code: int = 0) -> str:
        """Give a command; gives what it says."""
        told = {
            "KOEPEL_HOME": str(self.folder), "KOEPEL_ADDRESS": ADDRESS, "KOEPEL_ALLOW_LOOPBACK": "true",
            "KOEPEL_HOST_PAUSE": "0", "LC_ALL": "en_GB.UTF-8",
        }  # fmt: skip
        settings.cache_clear()
        result = CliRunner().invoke(koepel, [*map(str, arguments)], env=told)
        settings.cache_clear()
        assert result.exit_code == code, result.output
        self.app.state.premises.editions.follow()  # as the server does by itself each second
        return result.output

    def invite(self, name: str, *roles: tuple[str, str]) -> None:
        """Give somebody an account with roles; they choose a password and set up their device."""
        mail = f"{name}@people.example"
        told = self.run("account", "create", name.title(), mail)
        number = told.split()[1]
        for role, organisation in roles:
            self.run("account", "grant", number, role, organisation)
        browser = TestClient(self.app, base_url=ADDRESS, follow_redirects=False)
        path = re.findall(rf"{ADDRESS}(/en/invitation/\S+)", told)[0]
        factor = FACTOR.findall(browser.get(path).text)[0].replace(" ", "")
        somebody = self.people[name] = Somebody(number, mail, factor, browser)
        assert send(browser, path, path, password=PASSWORD, code=somebody.code).status_code == 200

    def enter(self, name: str) -> Person:
        """Let somebody sign in with password and device, once a day; gives them at their browser."""
        one, today = self.people[name], datetime.now(UTC).date()
        if one.entered != today:
            self.wait(minutes=1)  # a device shows each code only once
            one.browser.cookies.clear()
            filled = {"mail": one.mail, "password": PASSWORD, "code": one.code}
            assert send(one.browser, "/en/sign-in", "/en/sign-in", **filled).status_code == 303
            one.entered, one.token = today, ""
        return Person(ANYBODY, "", one.browser)

    def token(self, name: str) -> str:
        """Let somebody issue a token for today on the page of their account."""
        self.enter(name)
        one = self.people[name]
        if not one.token:
            page = one.browser.get("/en/account").text
            scopes = re.findall(r'name="scope" value="(\w+)"', page)
            filled = {"purpose": "a portal", "scope": scopes, "days": "1"}
            answer = send(one.browser, "/en/account", "/en/account/tokens", **filled)
            one.token = TOKEN.findall(answer.text)[0]
        return one.token

    def ask(self, text: str, name: str = "", **variables: Any) -> dict[str, Any]:
        """Put a question in GraphQL, or do something there; gives the whole answer."""
        headers = {"authorization": f"Bearer {self.token(name)}"} if name else {}
        body = {"query": text, "variables": variables}
        answer: dict[str, Any] = self.visitor.post("/graphql", json=body, headers=headers).json()
        return answer

    def in_graphql(self, name: str, act: str, number: str, reason: str = "", **details: Any) -> str:
        """Act in a case by GraphQL; gives its state, or the code of the refusal."""
        mutation = re.sub("-(.)", lambda found: found[1].upper(), act)
        kind = INPUTS.get(act)
        head, more = (f", $what: {kind}!", ", details: $what") if kind else ("", "")
        text = f"""mutation($case: String!, $reason: String!{head}) {{
          {mutation}(case: $case, reason: $reason{more}) {{ state {{ notation }} }} }}"""
        what = {"what": details} if kind else {}
        answer = self.ask(text, name, case=number, reason=reason, **what)
        for error in answer.get("errors", ()):
            return str(error["extensions"]["code"])
        return str(answer["data"][mutation]["state"]["notation"])

    def at_console(
        self, name: str, act: str, number: str, reason: str = "", *, on: str = "", **details: Any
    ) -> str:
        """Act in a case at the command line; gives its state."""
        day = ("--on", on) if on else ()
        told = ("--details", json.dumps(details), "--reason", reason, *day)
        return self.run("case", "act", number, act, "--as", self.people[name].number, *told).split()[1]

    def on_page(self, name: str, act: str, number: str, **filled: str | list[str]) -> str:
        """Act in a case with the form on its page; empty if it was done, or else why not."""
        answer = self.enter(name).act(number, act, **filled)
        assert answer.status_code == 303 or problem(answer), answer.text
        return html.unescape(problem(answer))

    def show(self) -> None:
        """Let readers see what has happened."""
        self.run("snapshot")


@contextmanager
def moved(day: str) -> Iterator[Clock]:
    """Let it be another day for this whole process."""
    with time_machine.travel(datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=ZoneInfo("UTC"))) as clock:
        yield clock


@contextmanager
def opened(folder: Path, clock: Clock) -> Iterator[Registry]:
    """Open a registry with its site."""
    home = Home(folder)
    app = create_app(home, Settings(home=folder, address=ADDRESS, query_workers=1))
    with ExitStack() as stack:
        stack.callback(home.ledger.close)
        visitor = stack.enter_context(TestClient(app, base_url=ADDRESS, follow_redirects=False))
        yield Registry(folder, clock, app, visitor)


@contextmanager
def forked(registry: Registry, folder: Path) -> Iterator[Registry]:
    """Let the same registry go another way from here, in a copy that has the same address and people."""
    shutil.copytree(registry.folder, folder, symlinks=True)
    with opened(folder, registry.clock) as made:
        for name, one in registry.people.items():
            browser = TestClient(made.app, base_url=ADDRESS, follow_redirects=False)
            made.people[name] = replace(one, browser=browser, entered=None)
        yield made

"""The made-up town on the web: people sign in with a session of their own and work in their browsers."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from registry.account.account import add_account
from registry.account.actor import Actor, Grant, Role
from registry.account.office import Office
from registry.account.session import begin_session
from registry.home import publish
from registry.settings import Settings
from registry.web.app import create_app
from tests.registry.certification.town import BODY, ORGANISATION, Town, town

__all__ = ["OWNER", "ROLES", "TOKEN", "Person", "Stage", "freeze", "problem", "staged"]

OWNER = Grant(Role.OWNER, ORGANISATION)
ROLES = {
    "owner": (OWNER,),
    "publisher": (Grant(Role.PUBLISHER, ORGANISATION),),
    "assessor": (Grant(Role.ASSESSOR, BODY),),
    "decider": (Grant(Role.DECIDER, BODY),),
    "second": (Grant(Role.DECIDER, BODY),),
    "operator": (Grant(Role.OPERATOR),),
    "stranger": (Grant(Role.OWNER, "https://else.example/#us"),),
}
FIELD = re.compile(r'name="(answers|judgements)\.(\d+)\.use" value="([^"]+)"')
SEEN = re.compile(r'name="seen" value="([^"]*)"')
TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
PROBLEM = re.compile(r'id="problem".*?</strong>(.*?)</p>', re.DOTALL)


@dataclass
class Person:
    """Somebody in their browser."""

    actor: Actor
    session: str
    browser: TestClient

    def read(self, path: str, **parameters: str) -> Response:
        """Open a page."""
        return self.browser.get(path, params=parameters, headers={"accept": "text/html"})

    def send(self, path: str, **data: str | list[str]) -> Response:
        """Send a form that stands on that page."""
        token = TOKEN.findall(self.read(path).text)
        return self.browser.post(path, data={"csrf": token[0] if token else "", **data})

    def act(self, number: str, act: str, **data: str | list[str]) -> Response:
        """Do something in a case, with the form as the page has it."""
        return self.browser.post(f"/en/case/{number}", data=self.hidden(number) | {"act": act} | data)

    def upload(self, number: str, file: tuple[str, bytes, str], **data: str) -> Response:
        """Add a file to a case: its name, its bytes and what its sender calls it."""
        told = {"act": "add-evidence", "kind": "upload", "title": "Plan", "dated": "2026-02-01", **data}
        return self.browser.post(f"/en/case/{number}", data=self.hidden(number) | told, files={"file": file})

    def hidden(self, number: str) -> dict[str, str]:
        """Read what a form on the page of a case holds without showing it."""
        text = self.read(f"/en/case/{number}").text
        seen, tokens = SEEN.findall(text), TOKEN.findall(text)
        return {"csrf": tokens[0] if tokens else "", "seen": seen[0] if seen else ""}

    def each(self, number: str, list_name: str, field: str, value: str) -> dict[str, str]:
        """Fill in the same for every criterion of a form."""
        found = {
            place: use
            for name, place, use in FIELD.findall(self.read(f"/en/case/{number}").text)
            if name == list_name
        }
        uses = {f"{list_name}.{place}.use": use for place, use in found.items()}
        return uses | {f"{list_name}.{place}.{field}": value for place in found}


@dataclass
class Stage:
    """The town, and its site."""

    town: Town
    app: FastAPI
    office: Office

    def sign_in(self, name: str, *grants: Grant) -> Person:
        """Let somebody sign in who has these roles; by default those that go with the name."""
        now = datetime.now(UTC)
        with self.office.vault as vault:
            account = add_account(vault, self.office.address, name.title(), f"{name}@town.example", "en", now)
            vault.write("UPDATE account SET password = 'set' WHERE id = ?", account.id)
            session = begin_session(vault, account, now)
        actor = Actor(account.iri, frozenset(grants or ROLES[name]), "session")
        self.town.entitle(actor)
        browser = TestClient(self.app, follow_redirects=False)
        browser.cookies.set("__Host-koepel-session", session)
        return Person(actor, session, browser)

    def visitor(self) -> TestClient:
        """Let somebody look who has not signed in."""
        return TestClient(self.app, follow_redirects=False, headers={"accept": "text/html"})


def problem(answer: Response) -> str:
    """Read what a page says went wrong."""
    found = PROBLEM.search(answer.text)
    return found[1].strip() if found else ""


def freeze(folder: Path) -> Path:
    """Make the snapshot that all stages show; gives the folder in which it is kept."""
    with town(folder) as made:
        publish(made.home, made.desk.rulebook, made.clock.day)
        return made.home.folder / "snapshots"


@contextmanager
def staged(folder: Path, snapshots: Path, address: str = "https://registry.example") -> Iterator[Stage]:
    """Open a town with a site."""
    shutil.copytree(snapshots, folder / "snapshots", symlinks=True)
    with town(folder) as made:
        app = create_app(made.home, Settings(home=folder, address=address, query_workers=1))
        app.state.desk = made.desk
        app.state.office = office = Office(made.home, address)
        app.state.premises.editions.follow()
        yield Stage(made, app, office)
        app.state.premises.editions.close()

"""The ways to act in a case: at the desk itself, on a page, by GraphQL and on the command line."""

import html
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from registry.account.office import Office
from registry.certification.conduct import conduct
from registry.certification.desk import Desk
from registry.certification.details import DETAILS
from registry.certification.order import Order
from registry.cli import app as command_line
from registry.errors import KoepelError
from registry.graphql_api.mistake import code_of
from registry.home import Home
from registry.settings import Settings, settings
from registry.translation import explain
from registry.validation.standard import load_library
from registry.web.account.form import make_token
from registry.web.app import create_app
from registry.web.certification.step import seen_of
from tests.registry.certification.cast import Member
from tests.registry.certification.town import ADDRESS, Clock

__all__ = ["DONE", "SIGN_IN", "STRANGER", "House", "at_desk", "by_graphql", "on_console", "on_page"]

DONE, SIGN_IN, STRANGER = "done", "sign-in", "account-without-roles"
SEE_OTHER = 303
FINDINGS = ("met", "not-met", "not-applicable")
"""What GraphQL writes in capitals."""


@dataclass
class House:
    """A registry with all its doors, which can be moved to another folder."""

    app: FastAPI
    clock: Clock = field(default_factory=Clock)

    @classmethod
    def build(cls, folder: Path) -> "House":
        """Build the site; what it shows to everybody is what was published in a folder."""
        house = cls(create_app(Home(folder), Settings(home=folder, address=ADDRESS, query_workers=1)))
        house.app.state.premises.editions.follow()
        return house

    @contextmanager
    def at(self, folder: Path) -> Iterator[Desk]:
        """Move to a folder."""
        home, state = Home(folder), self.app.state
        state.premises = replace(state.premises, home=home)
        state.office = Office(home, ADDRESS)
        state.desk = Desk(home, load_library(), ADDRESS, self.clock)
        try:
            yield state.desk
        finally:
            home.ledger.close()

    @property
    def desk(self) -> Desk:
        """Where cases are worked on."""
        desk: Desk = self.app.state.desk
        return desk

    def browser(self, member: Member) -> TestClient:
        """Open the browser of somebody."""
        browser = TestClient(self.app, follow_redirects=False, headers={"accept": "text/html"})
        if member.session:
            browser.cookies.set("__Host-koepel-session", member.session)
        return browser

    def ask(self, member: Member, query: str, **variables: Any) -> dict[str, Any]:
        """Ask in GraphQL."""
        headers = {"authorization": f"Bearer {member.token}"} if member.token else {}
        sent = TestClient(self.app).post(
            "/graphql", json={"query": query, "variables": variables}, headers=headers
        )
        found: dict[str, Any] = sent.json()
        return found

    def run(self, *words: str) -> Any:
        """Run a command."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KOEPEL_HOME", str(self.desk.home.folder))
            patch.setenv("KOEPEL_ADDRESS", ADDRESS)
            patch.setenv("LC_ALL", "en_GB.UTF-8")
            patch.setattr("registry.cli.home.show_readers", lambda home: None)  # its own tests are elsewhere
            settings.cache_clear()
            try:
                return CliRunner().invoke(command_line, [*words])
            finally:
                settings.cache_clear()


def at_desk(house: House, member: Member, order: Order, number: str) -> KoepelError | None:
    """Act where all doors lead; give what is said against it."""
    try:
        conduct(house.desk, member.actor, order, number)
    except KoepelError as error:
        return error
    return None


def on_page(house: House, member: Member, order: Order, number: str, error: KoepelError | None) -> str:
    """Send the form that stands on the page of a case, or that for a new one."""
    opens = order.act == "open"
    path, seen = ("/en/cases", "") if opens else (f"/en/case/{number}", seen_of(house.desk.case(number)))
    token = make_token(house.app.state.office.secret, member.session)
    fields = {"csrf": token, "seen": seen, "act": order.act, "reason": order.reason}
    answer = house.browser(member).post(path, data={**fields, **dict(_fields(order.details))})
    if answer.status_code == SEE_OTHER:
        return SIGN_IN if "/sign-in" in answer.headers["location"] else DONE
    known = error is not None and answer.status_code == error.status
    return _code(error, html.unescape(answer.text)) if known else f"status {answer.status_code}"


def by_graphql(house: House, member: Member, order: Order, number: str, error: KoepelError | None) -> str:
    """Ask for the mutation of the act."""
    field, kind = _camel(order.act), DETAILS.get(order.act)
    given = {name: value for name, value in order.details.items() if name != "kind"}
    opens = order.act == "open"
    name = "openCase" if opens else field
    said = "" if opens else "case: $case, "
    what = ", details: $what" if kind else ""
    head = f"$case: String, $reason: String!{f', $what: {kind.__name__}Input!' if kind else ''}"
    head = head.replace("$case: String,", "" if opens else "$case: String!,")
    query = f"mutation({head}) {{ {name}({said}reason: $reason{what}) {{ number }} }}"
    variables = {"reason": order.reason} | ({} if opens else {"case": number})
    answer = house.ask(member, query, **variables, **({"what": _graphql(given)} if kind else {}))
    if "errors" not in answer:
        return DONE
    (wrong,) = answer["errors"]
    code = wrong["extensions"]["code"]
    return str(_code(error, wrong["message"]) if error and code == code_of(error) else code)


def on_console(house: House, member: Member, order: Order, number: str, error: KoepelError | None) -> str:
    """Give the command."""
    told = order.details
    if order.act == "open":
        words = ["open", told["subject"], told["scheme"]]
    else:
        words = ["act", number, order.act, "--details", json.dumps(told), "--reason", order.reason]
    account = member.actor.account or "nobody"
    result = house.run("case", *words, "--as", account, "--on", order.on.isoformat())
    if result.exit_code == 0:
        return DONE
    return STRANGER if "has no role in this registry" in result.stderr else _code(error, result.stderr)


def _code(error: KoepelError | None, text: str) -> str:
    """Name what is said by what the desk says of the same act; everything else is shown as it stands."""
    return error.code if error is not None and explain(error, "en") in text else f"another answer: {text}"


def _camel(name: str) -> str:
    first, *others = name.split("-")
    return "".join((first, *(one.title() for one in others)))


def _graphql(value: Any) -> Any:
    if isinstance(value, dict):
        return {_camel(name.replace("_", "-")): _graphql(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_graphql(one) for one in value]
    return value.upper().replace("-", "_") if value in FINDINGS else value


def _fields(details: Mapping[str, Any]) -> Iterator[tuple[str, str | list[str]]]:
    """Say details in the fields of a form."""
    for name, value in details.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for place, row in enumerate(value):
                yield from ((f"{name}.{place}.{column}", str(one)) for column, one in row.items())
        else:
            yield name, [str(one) for one in value] if isinstance(value, list) else str(value)

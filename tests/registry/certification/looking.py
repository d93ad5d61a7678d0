"""The ways to look at a case and at what comes of it: pages, calendars, GraphQL and the command line."""

import html
import json
from collections.abc import Callable
from typing import Any

from httpx2 import Response

from registry.web.account.form import make_token
from tests.registry.certification.cast import FILE, TITLE, Member
from tests.registry.certification.doors import House
from tests.registry.certification.town import ADDRESS, PROJECT, SCHEME

__all__ = ["LOOKS", "Look"]

Look = Callable[[House, Member, str], str]
"""Look for the case with a number: seen, nothing, not found, forbidden, or sign in first."""
STATUSES = {303: "S", 403: "F", 404: "N"}
CODES = {"CASE_UNKNOWN": "N", "OVERVIEW_NOT_YOURS": "F", "TOKEN_READS_NOTHING": "F", "TOKEN_NEEDED": "S"}
UPLOAD = "2"
"""The number of the file in the case."""


def page(path: str) -> Look:
    """Open a page in a browser."""

    def look(house: House, member: Member, number: str) -> str:
        return _seen(house.browser(member).get(path.format(number=number)), number)

    return look


def feed(house: House, member: Member, number: str) -> str:
    """Make the address of a calendar, and follow it without signing in."""
    token = make_token(house.app.state.office.secret, member.session)
    made = house.browser(member).post("/en/calendar", data={"csrf": token, "act": "create"})
    if made.status_code != 200:
        return _seen(made, number)
    address = html.unescape(made.text).partition(f"{ADDRESS}/calendar/")[2].partition(".ics")[0]
    return _seen(house.browser(Member("program")).get(f"/calendar/{address}.ics"), number)


def graphql(query: str) -> Look:
    """Ask in GraphQL."""

    def look(house: House, member: Member, number: str) -> str:
        answer = house.ask(member, query.replace("NUMBER", json.dumps(number)))
        if "errors" in answer:
            return CODES.get(answer["errors"][0]["extensions"]["code"], str(answer["errors"]))
        return "+" if _holds(json.dumps(answer["data"]), number) else "0"

    return look


def console(*words: str) -> Look:
    """Give a command."""

    def look(house: House, member: Member, number: str) -> str:
        given = [number if word == "NUMBER" else word for word in words]
        result: Any = house.run("case", *given, "--as", member.actor.account or "nobody")
        if result.exit_code:
            return (
                "S" if "has no role" in result.stderr else "N" if "There is no case" in result.stderr else "?"
            )
        return "+" if _holds(result.stdout, number) else "0"

    return look


def _seen(answer: Response, number: str) -> str:
    if answer.status_code != 200:
        return STATUSES.get(answer.status_code, str(answer.status_code))
    return "+" if answer.content == FILE or _holds(html.unescape(answer.text), number) else "0"


def _holds(text: str, number: str) -> bool:
    return any(one in text for one in (number, TITLE, PROJECT))


LOOKS: dict[str, Look] = {
    "case-page": page("/en/case/{number}"),
    "case-file": page(f"/en/case/{{number}}/evidence/{UPLOAD}"),
    "list-page": page("/en/cases"),
    "calendar-page": page("/en/calendar?months=120"),
    "calendar-feed": feed,
    "overview-page": page("/en/overview"),
    "overview-table": page("/en/overview.csv"),
    "preview-page": page("/en/standard-preview?token=cms&version=1.1.0"),
    "preview-table": page("/en/standard-preview.csv?token=cms&version=1.1.0"),
    "graphql-case": graphql("{ case(number: NUMBER) { number } }"),
    "graphql-file": graphql("{ case(number: NUMBER) { number evidence { content } } }"),
    "graphql-cases": graphql("{ cases(first: 10) { nodes { number } } }"),
    "graphql-calendar": graphql("{ calendar(months: 120) { case } }"),
    "graphql-overview": graphql(
        f'{{ overview(scheme: "{SCHEME}") {{ members(first: 9) {{ nodes {{ case }} }} }} }}'
    ),
    "graphql-preview": graphql('{ preview(standard: "cms", version: "1.1.0") { label { iri } } }'),
    "console-show": console("show", "NUMBER"),
    "console-state": console("state", "NUMBER"),
    "console-list": console("list"),
}

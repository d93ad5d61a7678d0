"""A browser for tests, which fills in forms as they stand on the page."""

import html
import re
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from tests.registry.account.people import PASSWORD, Person

__all__ = ["csrf_of", "forms", "send", "sign_in"]

FORM = re.compile(r"<form\b(?P<head>[^>]*)>(?P<body>.*?)</form>", re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
ACTION = re.compile(r'action="([^"]*)"')


def forms(page: Response) -> dict[str, dict[str, str]]:
    """Give the hidden fields of each form of a page, by where it is sent."""
    found: dict[str, dict[str, str]] = {}
    for form in FORM.finditer(page.text):
        (action,) = ACTION.findall(form["head"])
        found.setdefault(
            html.unescape(action), {k: html.unescape(v) for k, v in HIDDEN.findall(form["body"])}
        )
    return found


def csrf_of(page: Response) -> str:
    """Give the token of the first form of a page."""
    return next(iter(forms(page).values()))["csrf"]


def send(client: TestClient, page: str, action: str, **filled: Any) -> Response:
    """Open a page, fill in one of its forms, and send it."""
    hidden = forms(client.get(page))[action]
    return client.post(action, data={**hidden, **filled})


def sign_in(client: TestClient, person: Person, password: str = PASSWORD, **more: str) -> Response:
    """Fill in the sign-in page."""
    mail, code = person.account.mail, person.code
    person.clock.move(seconds=30)  # the next time the device shows other figures
    return send(
        client, "/en/sign-in", "/en/sign-in", **{"mail": mail, "password": password, "code": code, **more}
    )

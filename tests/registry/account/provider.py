"""A provider of OpenID Connect that others wrote (npm `oidc-provider`), fetched once per lock file."""

from __future__ import annotations

import html
import json
import re
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from httpx2 import Client

from tests.npm import installed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx2 import Response

__all__ = ["CLIENT", "SECRET", "log_in", "running_provider"]

PROGRAM = Path(__file__).parent / "oidc_provider"
CLIENT, SECRET = "koepel", "a secret of the tests"
FORM = re.compile(r'<form[^>]* action="([^"]+)" method="post">(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@contextmanager
def running_provider(redirect: str) -> Iterator[str]:
    """Run the provider; gives the address by which it names itself."""
    command = ["node", str(installed(PROGRAM) / "provider.mjs"), redirect]
    pipe, silent = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=silent) as run:  # noqa: S603
        assert run.stdout is not None
        for line in run.stdout:
            if line.startswith(b"{"):
                break
        try:
            yield json.loads(line)["issuer"]
        finally:
            run.terminate()


def log_in(address: str, name: str, until: str) -> str:
    """Log in at the provider and agree; gives the address to which it sends the browser in the end."""
    with Client(trust_env=False) as browser:
        answer = browser.get(address)
        for _ in range(20):
            if answer.is_redirect:
                address = str(answer.url.join(answer.headers["location"]))
                if address.startswith(until):
                    return address
                answer = browser.get(address)
            else:
                answer = _fill_in(browser, answer, name)
    raise AssertionError(answer.text)


def _fill_in(browser: Client, page: Response, name: str) -> Response:
    (action, body) = FORM.findall(page.text)[0]
    filled = dict(HIDDEN.findall(body))
    if 'name="login"' in body:
        filled |= {"login": name, "password": "any"}
    return browser.post(str(page.url.join(html.unescape(action))), data=filled)

"""A provider of OpenID Connect that others wrote (npm `oidc-provider`), fetched once per lock file."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from httpx2 import Client

from registry.lock import lock
from tests.conftest import end_without, find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx2 import Response

__all__ = ["CLIENT", "SECRET", "log_in", "running_provider"]

PROGRAM = Path(__file__).parent / "oidc_provider"
PATIENCE = 300.0
CLIENT, SECRET = "koepel", "a secret of the tests"
FORM = re.compile(r'<form[^>]* action="([^"]+)" method="post">(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@contextmanager
def running_provider(redirect: str) -> Iterator[str]:
    """Run the provider; gives the address by which it names itself."""
    command = ["node", str(_installed() / "provider.mjs"), redirect]
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


def _installed() -> Path:
    npm, locked = find("npm"), (PROGRAM / "package-lock.json").read_bytes()
    folder = Path(tempfile.gettempdir()) / f"koepel-oidc-provider-{hashlib.sha256(locked).hexdigest()[:16]}"
    folder.mkdir(exist_ok=True)
    with lock(folder / ".lock", wait=PATIENCE):
        if not (folder / ".complete").exists():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(PROGRAM / name, folder)
            _install(npm, folder)
            (folder / ".complete").touch()
        shutil.copy(PROGRAM / "provider.mjs", folder)
    return folder


def _install(npm: Path, folder: Path) -> None:
    command = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    if done.returncode:
        end_without("the packages that npm fetches", in_ci=bool(os.environ.get("CI")))

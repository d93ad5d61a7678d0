"""The JSON-LD contexts that ship with the registry: what the short names in a credential mean.

A context that is fetched from elsewhere decides what a signature is about, so none ever is: `bundled.json`
names those that lie beside it, and every other address is refused.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from registry.errors import InvalidDataError

__all__ = ["CREDENTIALS", "LABEL", "OPEN_BADGES", "bundled", "load_context", "text_of"]

FOLDER: Final = Path(__file__).parent / "contexts"
CREDENTIALS: Final = "https://www.w3.org/ns/credentials/v2"
LABEL: Final = "https://w3id.org/koepel/context/label/v1"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


@cache
def bundled() -> dict[str, str]:
    """Name the file of each context, by its address."""
    listed: dict[str, str] = json.loads((FOLDER / "bundled.json").read_text(encoding="utf-8"))
    return listed


def text_of(address: str) -> str:
    """Give a context as it is written.

    Raises:
        InvalidDataError: None of that address ships with the registry.
    """
    if address not in bundled():
        raise InvalidDataError(
            "context-unknown",
            "The credential uses the context {context}, which does not ship with this software, and "
            "contexts are never fetched. It cannot be checked here.",
            context=address,
        )
    return (FOLDER / bundled()[address]).read_text(encoding="utf-8")


@cache
def load_context(address: str) -> Any:
    """Read a context."""
    return json.loads(text_of(address))

"""How a question travels (GraphQL over HTTP, sections 5 and 6)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.message import Message
from typing import Any, Final

from registry.certification.proof.upload import LARGEST
from registry.errors import InvalidDataError, LimitError
from registry.graphql_api.answer import Question

__all__ = [
    "JSON",
    "LONGEST",
    "LONGEST_SIGNED_IN",
    "RESPONSE",
    "MediaTypeError",
    "TooLargeError",
    "read_address",
    "read_body",
]

JSON: Final = "application/json"
RESPONSE: Final = "application/graphql-response+json"
LONGEST: Final = 200_000
"""So many bytes a question may have, with its variables."""
LONGEST_SIGNED_IN: Final = LONGEST + LARGEST * 4 // 3 + 4
"""The same for those who have signed in, who may send a file with it, in Base64."""


class TooLargeError(LimitError):
    """The request is larger than any sensible question."""

    status = 413


class MediaTypeError(InvalidDataError):
    """The request is in a form that is not read here."""

    status = 415


class MalformedError(InvalidDataError):
    """The request holds no question."""

    status = 400


def read_address(parameters: Mapping[str, str]) -> Question:
    """Read a question that stands in an address.

    >>> read_address({"query": "{ snapshot { id } }", "variables": "{}"}).text
    '{ snapshot { id } }'
    """
    variables = parameters.get("variables") or None
    return _question({**parameters, "variables": variables and _read(variables)}, in_address=True)


def read_body(body: bytes, content_type: str | None, longest: int = LONGEST) -> Question:
    """Read a question that was sent.

    >>> read_body(b'{"query": "{ snapshot { id } }"}', "application/json; charset=utf-8").variables
    {}
    """
    header = Message()
    header["content-type"] = content_type or ""
    if header.get_content_type() != JSON or header.get_content_charset("utf-8") != "utf-8":
        raise MediaTypeError("question-media-type", "Send the question as application/json, in UTF-8.")
    if len(body) > longest:
        raise TooLargeError(
            "request-too-large", "The request is larger than {limit} bytes. Ask for less.", limit=longest
        )
    return _question(_read(body))


def _read(text: bytes | str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedError("no-json", "The request cannot be read as JSON.") from error


def _question(sent: Any, *, in_address: bool = False) -> Question:
    if isinstance(sent, list):
        raise MalformedError("no-batches", "Put one question in a request.")
    fields = sent if isinstance(sent, dict) else {}
    text, variables, operation = (fields.get(name) for name in ("query", "variables", "operationName"))
    if not isinstance(text, str) or not text.strip():
        raise MalformedError("no-question", "The request needs a question, as the text of its field query.")
    if not isinstance(variables, dict | None) or not isinstance(operation, str | None):
        raise MalformedError(
            "wrong-question", "In a request variables is an object, and operationName is a text."
        )
    return Question(text, variables or {}, operation or None, in_address)

"""What programs can ask of the registry, in the words of OpenAPI 3.1.

The routes describe themselves; what holds for all of them is added here. Pages are for people and left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fastapi.openapi.utils import get_openapi

from registry.web.header import SNAPSHOT, SNAPSHOT_TIME
from registry.web.problem import Problem, problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

__all__ = ["describe"]

ABOUT: Final = """Buddy and mentoring projects that describe themselves, collected and checked.

Every answer names in `koepel-snapshot` the frozen state that it was made from, and in `koepel-snapshot-time`
when that was taken. Put `?snapshot=` behind any address to ask for a state that is kept: two answers from one
state belong together. What goes wrong is a problem document (RFC 9457) whose `code` never changes.
"""
QUERY: Final = "Query"
TAGS: Final = (
    (QUERY, "Ask the graph with SPARQL 1.1, or the catalogue with GraphQL."),
    ("Registration", "List a description that stands on a publisher's own site."),
    ("Sources", "What the registry fetched from whom, and what it made of it."),
    ("Following", "Follow what changes: the stream, the catalogue, dumps, and an Atom feed."),
    ("Notifications", "Say that a description has changed (Linked Data Notifications)."),
    ("Organisations", "What became of an organisation that was merged."),
    ("Check", "Check a description before it is published; nothing is kept."),
    ("Snapshots", "The states of the register that are kept."),
    ("Documents", "The descriptions as their publishers wrote them."),
    ("Vocabulary", "The terms and the codes."),
    ("Standards", "The quality standards."),
    ("Operation", "For those who run the registry."),
)
STATED: Final = "snapshot"
EVERYWHERE: Final = (500,)
IN_A_STATE: Final = (400, 404, 410, 503)
OF_FASTAPI: Final = ("HTTPValidationError", "ValidationError")


def describe(app: FastAPI, version: str) -> dict[str, Any]:
    """Describe all addresses for programs."""
    document = get_openapi(
        title="Koepel",
        version=version,
        description=ABOUT,
        routes=app.routes,
        tags=[{"name": name, "description": about} for name, about in TAGS],
        license_info={"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in OF_FASTAPI:
        schemas.pop(name, None)
    schemas["Problem"] = Problem.model_json_schema(mode="serialization")
    for operation in _operations(document):
        _complete(operation)
    return document


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.values()


def _complete(operation: dict[str, Any]) -> None:
    """Say of one operation which problems it can always have, and what its answers carry."""
    operation.setdefault("tags", [QUERY])
    responses = operation["responses"]
    if "HTTPValidationError" in str(responses.get("422")):
        del responses["422"]  # wrong parameters are answered with 400 here
    stated = any(parameter["name"] == STATED for parameter in operation.get("parameters", ()))
    for status, answer in problems(*EVERYWHERE, *(IN_A_STATE if stated else ())).items():
        described = responses.setdefault(str(status), {"description": answer["description"]})
        described.setdefault("content", {}).update(answer["content"])
    if stated:
        for answer in responses.values():
            answer.setdefault("headers", {}).update(HEADERS)


HEADERS: Final = {
    SNAPSHOT: {"description": "The state that the answer was made from.", "schema": {"type": "string"}},
    SNAPSHOT_TIME: {
        "description": "When that state was taken.",
        "schema": {"type": "string", "format": "date-time"},
    },
}

"""The address for GraphQL. There is no page with an editor here: the usual ones call other servers."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from registry.graphql_api.schema import schema
from registry.graphql_api.value import Budget
from registry.web.site import Here, Site

__all__ = ["router"]

router = APIRouter()

LONGEST: Final = 20_000
MOST_QUESTIONS: Final = 300
"""How often one request may turn to the graph."""


class Question(BaseModel):
    """A request (GraphQL over HTTP, section 5)."""

    query: str = Field(max_length=LONGEST)
    variables: dict[str, Any] | None = None
    operationName: str | None = None  # noqa: N815 - the name in the protocol


@router.get("/graphql")
def get(site: Here, query: str = Query(max_length=LONGEST)) -> JSONResponse:
    """Answer a question that stands in the address."""
    return _answer(site, Question(query=query))


@router.post("/graphql")
def post(site: Here, question: Question) -> JSONResponse:
    """Answer a question."""
    return _answer(site, question)


def _answer(site: Site, question: Question) -> JSONResponse:
    """Answer in the thread of the request, so that a long answer holds up nobody else."""
    result = schema.execute_sync(
        question.query,
        variable_values=question.variables,
        operation_name=question.operationName,
        context_value={"edition": site, "budget": Budget(MOST_QUESTIONS)},
    )
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [error.formatted for error in result.errors]
    return JSONResponse(answer, headers={"access-control-allow-origin": "*"})

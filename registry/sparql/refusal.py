"""Why a query gets no answer, or not all of it, although it can be read."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from registry.errors import InvalidDataError, LimitError

if TYPE_CHECKING:
    from registry.errors import KoepelError

__all__ = [
    "after_death",
    "answer_too_large",
    "failure",
    "too_big",
    "too_deep",
    "too_long",
    "too_many",
    "too_many_of_one",
    "too_slow",
]


def too_long(limit: int) -> LimitError:
    """Refuse a text without reading it."""
    return LimitError(
        "query-too-long", "The query is longer than {limit} characters. Shorten it.", limit=limit
    )


def answer_too_large(limit: int) -> LimitError:
    """Stop at the limit of size."""
    return LimitError(
        "answer-too-large",
        "The answer is larger than {limit} bytes. Ask for less, or use LIMIT and OFFSET.",
        limit=limit,
    )


def too_deep() -> InvalidDataError:
    """Refuse brackets in brackets without end."""
    return InvalidDataError("query-too-deep", "The query is nested too deeply. Simplify it.")


def too_slow(seconds: float) -> LimitError:
    """Stop at the limit of time."""
    return LimitError(
        "query-too-slow",
        "The query was stopped after {seconds} seconds. Ask for less, or add a LIMIT.",
        seconds=f"{seconds:g}",
    )


def too_big() -> LimitError:
    """Stop at the limit of memory."""
    return LimitError(
        "query-too-big", "The query needs more memory than one query may use. Ask for less at a time."
    )


def too_many() -> LimitError:
    """Refuse because everybody together asks too much."""
    return LimitError("too-many-queries", "Too many queries are running. Try again in a moment.")


def too_many_of_one(limit: int) -> LimitError:
    """Refuse because one reader asks too much at the same time."""
    return LimitError(
        "too-many-of-one",
        "As many queries as one reader may have at the same time are running for you already: {limit}. Wait "
        "until one is answered.",
        limit=limit,
    )


def failure() -> LimitError:
    """Own up to a fault that is not the reader's."""
    return LimitError("failure", "Something went wrong in the registry. Please try again later.")


def after_death(number: int, seconds: float) -> KoepelError:
    """Tell what a query asked too much of, by the signal that ended the process that worked on it."""
    match number:
        case signal.SIGSEGV | signal.SIGBUS:  # the stack is full
            return too_deep()
        case signal.SIGABRT | signal.SIGKILL:  # no memory, as the process found or the system did
            return too_big()
        case signal.SIGXCPU:
            return too_slow(seconds)
    return failure()

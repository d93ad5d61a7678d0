"""Texts and codes, and the frame in which a request is answered."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar, cast

import strawberry

from registry.graph.query import LimitError
from registry.reading.edition import Edition
from registry.reading.text import Text
from registry.vocabulary import Labels

__all__ = [
    "Budget",
    "Code",
    "Frame",
    "Language",
    "LocalText",
    "Place",
    "code",
    "codes",
    "field",
    "local_text",
]

Resolver = TypeVar("Resolver", bound=Callable[..., Any])


def field(resolver: Resolver) -> Resolver:
    """Make a method a field of the schema; clients read its docstring as the description."""
    return cast("Resolver", strawberry.field(resolver=resolver, description=inspect.getdoc(resolver)))


@strawberry.enum(description="A language in which people read the registry.")
class Language(Enum):
    """A language in which people read the registry."""

    NL = "nl"
    DE = "de"
    CA = "ca"
    ES = "es"
    FR = "fr"
    EN = "en"


class Budget:
    """How often one request may still turn to the graph; fields inside fields multiply quickly."""

    def __init__(self, questions: int) -> None:
        self.questions = questions

    def spend(self) -> None:
        """Use one up; none left is an error, because a partial answer would mislead."""
        self.questions -= 1
        if self.questions < 0:
            raise LimitError(
                "asks-too-much", "This asks for too much at once. Ask for fewer things or fields."
            )


@dataclass(frozen=True)
class Frame:
    """The state of the registry that is asked, the language of the answer, and what is left of the budget."""

    edition: Edition
    language: str
    budget: Budget


@strawberry.type(
    name="Text",
    description="A text in the language that was asked for, or in the nearest that there is.",
)
class LocalText:
    """A text, and the language that it turned out to be in."""

    value: str = strawberry.field(description="The text itself.")
    language: str = strawberry.field(description="The tag of its language (BCP 47); empty when unknown.")


@strawberry.type(description="A term of the vocabulary or a code of one of its lists.")
class Code:
    """A term or a code."""

    iri: str = strawberry.field(description="Its IRI.")
    label: str = strawberry.field(description="What it is called.")


@strawberry.type(description="A country or a region.")
class Place:
    """A country or a region."""

    iri: str = strawberry.field(description="Its IRI at the Publications Office of the EU.")
    code: str = strawberry.field(description="Its code: three letters for a country, NUTS for a region.")
    name: str = strawberry.field(description="What it is called.")


def local_text(text: Text | None) -> LocalText | None:
    """Give a text to a client."""
    return LocalText(value=text.value, language=text.language) if text else None


def code(frame: Frame, iri: str) -> Code:
    """Give a code to a client, with its label."""
    return Code(iri=str(iri), label=Labels().label(iri, frame.language))


def codes(frame: Frame, iris: Iterable[str]) -> list[Code]:
    """Give several codes to a client."""
    return [code(frame, iri) for iri in iris]

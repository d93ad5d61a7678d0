"""Texts in the languages that a reader prefers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Annotated

import strawberry

from registry.reading.text import Text

__all__ = ["In", "Language", "LocalText", "Spoken", "tags"]


@strawberry.enum(description="A language in which people read the registry.")
class Language(Enum):
    """A language in which people read the registry."""

    NL = "nl"
    DE = "de"
    CA = "ca"
    ES = "es"
    FR = "fr"
    EN = "en"


In = Annotated[
    list[Language],
    strawberry.argument(
        description="The languages of the answer, the preferred one first. What is in none of them comes in "
        "English, and otherwise in the language that it is in."
    ),
]
Spoken = Annotated[
    list[Language] | None,
    strawberry.argument(description="Other languages than those of the whole question, for this text alone."),
]


@strawberry.type(
    name="Text",
    description="A text in the first of the languages asked for, or in the nearest that there is.",
)
class LocalText:
    """A text, and the language that it turned out to be in."""

    value: str = strawberry.field(description="The text itself.")
    language: str = strawberry.field(description="The tag of its language (BCP 47); empty when unknown.")

    @classmethod
    def of(cls, text: Text) -> LocalText:
        """Give a text to a client."""
        return cls(value=text.value, language=text.language)

    @classmethod
    def if_any(cls, text: Text | None) -> LocalText | None:
        """Give a text to a client, if there is one."""
        return cls.of(text) if text else None


def tags(languages: Sequence[Language]) -> tuple[str, ...]:
    """Give the tags of languages, each once."""
    return tuple(dict.fromkeys(one.value for one in languages))

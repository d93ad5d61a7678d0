"""The questions that lead to a description: what the profile asks for a listing, and what readers miss most.

What can be answered and what is needed comes from the shapes; here is only how a person is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from federation.publishing.asking.field import fields
from federation.publishing.asking.value import doubt_mail
from registry.translation import Translator

if TYPE_CHECKING:
    from federation.publishing.asking.field import Field

__all__ = ["ADDRESS", "Question", "questions", "warn_of_mailbox"]

ADDRESS: Final = "address"
"""The key of the question where the description will stand, which is no property of the project."""


@dataclass(frozen=True)
class Question:
    """One question in one language: what is asked, a line that explains, and what an empty answer means."""

    field: Field
    text: str
    hint: str
    default: str = ""
    single: bool = False

    @property
    def required(self) -> bool:
        """Whether a listing needs an answer."""
        return self.field.required or self.field.key == "publisher.name"


def questions(language: str) -> tuple[Question, ...]:
    """List the questions in the order in which people are asked.

    >>> [one.field.key for one in questions("en") if one.required]
    ['title', 'description', 'publisher.name', 'country', 'audience']
    """
    _ = Translator("web", language)
    asked = {
        "title": (_("What is the project called?"), _("The name by which people know it.")),
        "description": (
            _("What does the project do?"),
            _("One or two sentences, for people who have never heard of it."),
        ),
        "publisher.name": (
            _("Which organisation is responsible for it?"),
            _("The name of the association, foundation or municipality."),
        ),
        "country": (_("In which country is it?"), _("The name of the country.")),
        "municipality": (
            _("In which town or municipality?"),
            _("Several are separated by semicolons. May stay empty."),
        ),
        "region": (_("In which region?"), _("A European NUTS code such as BE2. May stay empty.")),
        "audience": (_("For whom is it?"), _("One or more from the list.")),
        "unitFormat": (_("In which form do people meet?"), _("One or more from the list. May stay empty.")),
        "status": (_("Is the project running?"), _("One from the list.")),
        "startDate": (_("When did it begin?"), _("A year is enough, such as 2021. May stay empty.")),
        "homepage": (_("Which website tells more?"), _("The address of the site. May stay empty.")),
        "coordinatorContact.hasEmail": (
            _("At which mail address can people reach the project?"),
            _("An address of the organisation, not of one person. May stay empty."),
        ),
    }
    defaults = {"status": "active"}
    known = fields()
    return tuple(
        Question(known[key], text, hint, defaults.get(key, ""), single=key in defaults)
        for key, (text, hint) in asked.items()
    )


def warn_of_mailbox(address: str, language: str) -> str:
    """Say that a mail address seems to belong to one person; nothing where it does not."""
    _ = Translator("web", language)
    if not address or not doubt_mail(address):
        return ""
    return _(
        "{mail} is a mailbox at a provider for private persons. Better give an address of the organisation; "
        "with this one, a person of the registry looks at the description first.",
        mail=address,
    )

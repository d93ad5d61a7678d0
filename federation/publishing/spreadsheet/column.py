"""The columns of a sheet: one for each thing that can be asked about a project, texts once per language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from federation.publishing.asking.field import Field, Kind, fields
from federation.publishing.asking.value import SEPARATOR, read_values, write_value, yes_and_no
from registry.language import Language
from registry.reading.text import fold
from registry.translation import Translator
from registry.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["ADDRESS", "Column", "columns", "example_cells", "find_columns", "is_of_template"]

MARK: Final = "koepel/"
"""How a cell begins by which programs know a column."""
ADDRESS: Final = "address"
EXAMPLES: Final = {
    "audience": "newcomer",
    "country": "BEL",
    "status": "active",
    "startDate": "2021",
    "homepage": "https://example.org/buddies",
    "coordinatorContact.hasEmail": "buddies@example.org",
    "commitment.minimumMonths": "8",
    "unitFormat": "one-to-one",
}


@dataclass(frozen=True)
class Column:
    """A column: what it holds, and for a text the language of that text; the address belongs to no field.

    >>> [Column(fields()["title"], "ca").key, Column(None).key]
    ['koepel/title@ca', 'koepel/address']
    """

    field: Field | None
    text_language: str = ""

    @property
    def key(self) -> str:
        """What programs know it by."""
        tag = f"@{self.text_language}" if self.text_language else ""
        return f"{MARK}{self.field.key if self.field else ADDRESS}{tag}"

    def heading(self, language: str) -> str:
        """What a reader knows it by."""
        _ = Translator("web", language)
        if self.field is None:
            return _("Web address of the description")
        label = self.field.label(language)
        name = label[:1].upper() + label[1:]
        return f"{name} ({_tongue(self.text_language, language)})" if self.text_language else name

    def hint(self, language: str) -> str:
        """What to write in it, in one line."""
        _ = Translator("web", language)
        if self.field is None:
            return _("Leave empty to have one made from the title.")
        yes, no = yes_and_no(language)
        hint = {
            Kind.TEXT: _("A text in this language."),
            Kind.NAME: _("A name."),
            Kind.DAY: _("A date: year, month and day, such as 2026-01-31."),
            Kind.DATE: _("A year or a date, such as 2021 or 2021-09-01."),
            Kind.NUMBER: _("A number, such as 2.5."),
            Kind.COUNT: _("A whole number."),
            Kind.ANSWER: _("{yes} or {no}.", yes=yes, no=no),
            Kind.WEB: _("A web address."),
            Kind.MAIL: _("A mail address of the organisation."),
        }.get(self.field.kind, _("Choose from the list."))
        several = _("Several are separated by {sign}", sign=SEPARATOR) if self.field.many else ""
        needed = _("Needed for a listing.") if self.is_needed else ""
        return " ".join(filter(None, (hint, several, needed)))

    @property
    def is_needed(self) -> bool:
        """Whether a listing needs something here."""
        return self.field is not None and (self.field.required or self.field.key == "publisher.name")

    def advice(self, language: str) -> str:
        """What the criterion behind it advises; nothing where that is open or about something else."""
        advice = dict(self.field.suggestions).get(language, "") if self.field else ""
        return "" if "{" in advice else advice

    def example(self, language: str) -> str:
        """What stands in the row that shows how; it says that it is made up."""
        _ = Translator("web", language)
        texts = {
            "title": _("Example project The Bridge (fictitious)"),
            "description": _("Residents and newcomers meet every week. This project does not exist."),
            "publisher.name": _("The Bridge Association (fictitious)"),
            "municipality": _("Exampletown (fictitious)"),
        }
        key = self.field.key if self.field else ""
        return texts.get(key) or EXAMPLES.get(key, "")


def columns(language: str, others: Iterable[str] = ()) -> tuple[Column, ...]:
    """List the columns of a sheet: texts in the reader's language, and in others where they are wanted."""
    spoken = (language, *(one for one in others if one != language))
    found = [Column(None)]
    for field in fields().values():
        found += [Column(field, one) for one in spoken] if field.kind is Kind.TEXT else [Column(field)]
    return tuple(found)


def example_cells(layout: Sequence[Column], language: str) -> list[str]:
    """Write the row that shows how, and says that it is made up."""
    found = []
    for column in layout:
        text = column.example(language)
        codes = column.field is not None and column.field.kind in {Kind.CODE, Kind.COUNTRY}
        if codes and column.field and text:
            text = write_value(column.field, read_values(column.field, text, language)[0], language)
        found.append(text)
    return found


def find_columns(cells: Iterable[str]) -> dict[int, Column]:
    """Tell which columns the cells of a row stand for: by the names for programs, else by headings.

    >>> {at: one.key for at, one in find_columns(["Land", "Doelgroep", "koepel/title@nl"]).items()}
    {2: 'koepel/title@nl'}
    >>> [one.key for one in find_columns(["Titel (Nederlands)", "Land", "Notities"]).values()]
    ['koepel/title@nl', 'koepel/country']
    """
    texts = list(enumerate(cells))
    marked = {at: _by_key(text) for at, text in texts if text.startswith(MARK)}
    named = {at: _headings().get(fold(text.strip())) for at, text in texts}
    return {at: one for at, one in (marked or named).items() if one is not None}


def is_of_template(column: Column, text: str) -> bool:
    """Tell whether a cell holds what the template wrote there: a name, a heading, a hint or an example."""
    return text.strip() in _template_texts(column)


def _by_key(key: str) -> Column | None:
    name, _, tag = key.strip().removeprefix(MARK).partition("@")
    if name == ADDRESS:
        return Column(None)
    field = fields().get(name)
    wants = field is not None and field.kind is Kind.TEXT
    return Column(field, tag) if field and bool(tag) == wants and (not tag or tag.isalnum()) else None


@cache
def _headings() -> dict[str, Column]:
    every = columns(LANGUAGES[0], LANGUAGES[1:])
    return {fold(one.heading(language)): one for language in LANGUAGES for one in every}


@cache
def _template_texts(column: Column) -> frozenset[str]:
    told = {text for one in LANGUAGES for text in (column.heading(one), column.hint(one))}
    shown = {example_cells((column,), one)[0] for one in LANGUAGES}
    return frozenset(told | shown | {column.key})


def _tongue(tag: str, language: str) -> str:
    return Language(tag).own_name if tag in set(Language) else tag

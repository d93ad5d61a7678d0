"""A conversation that ends in answers; whoever breaks it off goes on later where it stopped.

How a line is read and written is the caller's business, so that a test can talk as a person does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from federation.publishing.asking.answers import own_address
from federation.publishing.asking.choice import choices, find_choice
from federation.publishing.asking.field import Kind
from federation.publishing.asking.question import ADDRESS, Question, questions, warn_of_mailbox
from federation.publishing.asking.value import SEPARATOR, read_values, write_value
from registry.errors import InvalidDataError, KoepelError
from registry.translation import Translator, explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from federation.publishing.asking.answers import Answers

__all__ = ["Interview"]

MOST_SHOWN: Final = 40
"""A longer list is shown to those who ask for it."""
LIST, BACK, OPEN = "?", "<", "-"
NUMBERS: Final = re.compile(r"\d{1,3}(?:\s*[,;]\s*\d{1,3})*|\d{1,3}(?:\s+\d{1,3})+")


class Interview:
    """Asks one question after the other; `ask` gives a line, or raises `EOFError` where there is none."""

    def __init__(
        self,
        answers: Answers,
        ask: Callable[[str], str],
        tell: Callable[[str], None],
        keep: Callable[[Answers], None],
    ) -> None:
        self.answers = answers
        self._ask = ask
        self._tell = tell
        self._keep = keep
        self._say = Translator("web", answers.language)

    def hold(self) -> None:
        """Ask what is not answered yet, and keep every answer at once."""
        _ = self._say
        self._tell(
            _(
                "An empty answer takes what stands in brackets. ? shows the list, - leaves it open, "
                "< goes one question back."
            )
        )
        asked = questions(self.answers.language)
        steps = [ADDRESS, *(one.field.key for one in asked)]
        known = {one.field.key: one for one in asked}
        position = next((at for at, key in enumerate(steps) if key not in self.answers.texts), len(steps))
        if position:
            self._tell(_("This goes on where it stopped."))
        while position < len(steps):
            key = steps[position]
            text = self._one(known[key]) if key in known else self._address()
            if text is None:
                position = max(0, position - 1)
                continue
            self.answers.texts[key] = text
            self._keep(self.answers)
            position += 1

    def _address(self) -> str | None:
        _ = self._say
        before = self.answers.texts.get(ADDRESS, "")
        while True:
            self._tell("")
            self._tell(_("At which web address will the description stand?"))
            self._tell(_("An address on your own site, such as https://www.example.org/buddies."))
            line = self._ask(f"[{before}] " if before else "> ").strip() or before
            if line == BACK:
                return None
            try:
                return own_address(line)
            except (KoepelError, IndexError) as error:
                self._complain(error)

    def _one(self, question: Question) -> str | None:
        """Ask until the answer can be understood; nothing means one question back."""
        _ = self._say
        default = self.answers.texts.get(question.field.key, "") or self._default(question)
        self._show(question)
        while True:
            line = self._ask(f"[{default}] " if default else "> ").strip()
            if line == BACK:
                return None
            if line == LIST:
                self._list(question)
                continue
            text = default if not line else "" if line == OPEN else self._numbered(question, line)
            if not text and question.required:
                self._tell(_("A listing needs an answer to this question."))
            elif self._understood(question, text):
                if text == default or not self._doubted(question, text):
                    return text
                default = text

    def _show(self, question: Question) -> None:
        self._tell("")
        self._tell(question.text)
        self._tell(question.hint)
        if 0 < len(self._choices(question)) <= MOST_SHOWN:
            self._list(question)

    def _list(self, question: Question) -> None:
        for number, name in enumerate(self._choices(question), start=1):
            self._tell(f"  {number:>3}  {name}")

    def _choices(self, question: Question) -> list[str]:
        listed = question.field.kind in {Kind.CODE, Kind.COUNTRY, Kind.REGION, Kind.LANGUAGE}
        return list(choices(question.field, self.answers.language).values()) if listed else []

    def _default(self, question: Question) -> str:
        if not question.default:
            return ""
        return write_value(
            question.field, find_choice(question.field, question.default, "en"), self.answers.language
        )

    def _numbered(self, question: Question, line: str) -> str:
        """Write the names in the place of the numbers that stand before them."""
        names = self._choices(question)
        if not names or not NUMBERS.fullmatch(line):
            return line
        chosen = [int(one) for one in re.findall(r"\d+", line)]
        found = [names[one - 1] if 0 < one <= len(names) else str(one) for one in chosen]
        return f"{SEPARATOR} ".join(found)

    def _understood(self, question: Question, text: str) -> bool:
        try:
            found = read_values(question.field, text, self.answers.language)
            if question.single and len(found) > 1:
                raise InvalidDataError("value-one-only", "Only one of these fits here. Choose one.")
        except KoepelError as error:
            self._complain(error)
            return False
        return True

    def _doubted(self, question: Question, text: str) -> bool:
        """Warn of a mail address that seems to be one person's; an empty answer keeps it all the same."""
        _ = self._say
        warning = warn_of_mailbox(text, self.answers.language) if question.field.kind is Kind.MAIL else ""
        if warning:
            self._tell(warning)
            self._tell(_("An empty answer keeps it."))
        return bool(warning)

    def _complain(self, error: Exception) -> None:
        _ = self._say
        if isinstance(error, KoepelError):
            self._tell(explain(error, self.answers.language))
        else:
            self._tell(_("A listing needs an answer to this question."))

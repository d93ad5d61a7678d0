"""The six languages in which people read the registry."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Language"]


class Language(StrEnum):
    """A language of the registry; its value is the first part of the address of each page."""

    NL = "nl"
    DE = "de"
    CA = "ca"
    ES = "es"
    FR = "fr"
    EN = "en"

    @property
    def own_name(self) -> str:
        """What its speakers call it.

        >>> Language.CA.own_name
        'Català'
        """
        from babel import Locale  # the command line has no use for it

        name = str(Locale(self.value).languages[self.value])
        return name[0].upper() + name[1:]

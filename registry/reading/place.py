"""Countries, languages and regions by name.

Countries and languages are IRIs of the Publications Office of the EU, which end in codes of three letters
(ISO 3166-1 alpha-3, ISO 639-3). Regions are NUTS codes of the edition of 2024, called as their inhabitants
call them.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale
from babel.core import get_global

__all__ = ["country_name", "language_name", "language_tag", "region_name"]

REGIONS: Final = Path(__file__).parent / "nuts-2024.csv"
COUNTRY_CODE_LENGTH: Final = 2


def country_name(code: str, language: str) -> str:
    """Name a country by its code of two or three letters; an unknown code stands for itself.

    >>> country_name("BEL", "fr"), country_name("NL", "es"), country_name("XXX", "en")
    ('Belgique', 'Países Bajos', 'XXX')
    """
    short = next(iter(get_global("territory_aliases").get(code, ())), code)
    return str(Locale(language).territories.get(short, code))


def language_name(code: str, language: str) -> str:
    """Name a language by its code of three letters.

    >>> language_name("CAT", "nl")
    'Catalaans'
    """
    return str(Locale(language).languages.get(language_tag(code), code))


def language_tag(code: str) -> str:
    """Give the tag of two letters that pages use for a language (BCP 47)."""
    return str(get_global("language_aliases").get(code.lower(), code.lower()))


def region_name(code: str, language: str) -> str:
    """Name a region by its NUTS code; one without a name here is called by its code.

    >>> region_name("BE234", "en"), region_name("NL", "de"), region_name("FR101", "en")
    ('Arr. Gent', 'Niederlande', 'FR101')
    """
    if len(code) == COUNTRY_CODE_LENGTH:
        return country_name(code, language)
    return _regions().get(code, code)


@cache
def _regions() -> dict[str, str]:
    with REGIONS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}

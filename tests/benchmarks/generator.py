"""Makes fictitious projects in any number, varied as real ones are, and the same ones every time.

Each is the complete example under another name, in another place, with another intensity and target group,
less what it leaves out. What a listing cannot do without stays. Fifty projects at a time are part of one
programme, which the last of them describes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Final

from registry.dataset import examples_folder
from registry.vocabulary import EXAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DAY", "Project", "generate"]

DAY: Final = date(2026, 11, 21)
"""The day on which the projects are measured; their descriptions are younger than a year."""

MODEL: Final = "complete-project"
ESSENTIAL: Final = frozenset(
    {"dct:title", "dct:description", "dct:publisher", "dct:modified", "dct:audience", "koepel:country"}
)
CLAIMS: Final = "koepel:meets"
MUNICIPALITIES: Final = (
    "Voorbeeldstad",
    "Proefdorp",
    "Modelbeke",
    "Schetsveld",
    "Musterstadt",
    "Beispielhausen",
    "Probenau",
    "Entwurfsberg",
    "Vilaexemple",
    "Mostrabella",
    "Vallprova",
    "Villaejemplo",
    "Villexemple",
    "Essai-sur-Brouillon",
)
PLACES: Final = (("BEL", "BE2"), ("DEU", "DE6"), ("NLD", "NL3"), ("ESP", "ES5"))
AUDIENCES: Final = (
    "target-group:newcomer",
    "target-group:refugee",
    "target-group:newcomer, target-group:family",
    "target-group:newcomer, target-group:minor",
    "target-group:refugee, target-group:youth-with-migration-background",
)
NUMBERS: Final = {
    "low": {
        "mentorTrainingHours": "0.0",
        "minimumMonths": "1.0",
        "meetingsPerMonth": "3.0",
        "minimumMeetings": "3",
    },
    "standard": {
        "mentorTrainingHours": "6.0",
        "minimumMonths": "6.0",
        "meetingsPerMonth": "2.0",
        "minimumMeetings": "12",
    },
    "intensive": {},
}
"""What each intensity states otherwise than the complete example, which is an intensive one."""
PROGRAMME: Final = 50
"""So many projects are part of one programme."""
PROGRAMME_TEXT: Final = """<#programme> a koepel:Programme ;
  dct:title "Programma De Brug (fictief)"@nl, "Programme The Bridge (fictitious)"@en ;
  dct:description
    "Dit programma bestaat niet: het bundelt verzonnen projecten."@nl,
    "This programme does not exist: it brings made-up projects together."@en ;
  dct:publisher <#organisation> ;
  dct:modified "2026-09-01"^^xsd:date ;
  dct:audience target-group:newcomer ;
  koepel:country country:BEL ;
  koepel:status status:active ."""
OMISSIONS: Final = (0.0, 0.1, 0.3, 0.7)
"""How likely a project is to leave out a part: it may be complete, careful, growing or starting."""


@dataclass(frozen=True)
class Project:
    """A description as it would be published, and the address that it gives itself."""

    address: str
    turtle: str


def generate(count: int, seed: int = 0) -> Iterator[Project]:
    """Make so many projects; a longer series begins with the shorter one.

    >>> [project.address.rpartition("/")[2] for project in generate(2)]
    ['project-00001', 'project-00002']
    """
    return (_make(number, Random(f"{seed} {number}")) for number in range(1, count + 1))  # noqa: S311 - no secret


@dataclass(frozen=True)
class Model:
    """The complete example in pieces of text."""

    prefixes: str
    document: str
    parts: tuple[str, ...]
    """What the project states, property by property."""
    others: tuple[str, ...]
    """What is described beside the project: organisations, contact points, statements."""


@cache
def _model() -> Model:
    text = (examples_folder() / "fictitious" / f"{MODEL}.ttl").read_text(encoding="utf-8")
    prefixes, document, project, *others = re.split(r"\n\n(?=<)", text.strip())
    lines = (line for line in project.splitlines()[1:] if not line.startswith("  #"))
    parts = re.split(r"^  (?=\w)", "\n".join(lines), flags=re.MULTILINE)[1:]
    return Model(
        prefixes=prefixes.split("\n", 1)[1],  # without the base
        document=document,
        parts=tuple(part.rstrip("\n .;") for part in parts if not part.startswith(CLAIMS)),
        others=tuple(others),
    )


def _make(number: int, random: Random) -> Project:
    model, address = _model(), f"{EXAMPLE}generated/project-{number:05}"
    omission, intensity = random.choice(OMISSIONS), random.choice(tuple(NUMBERS))
    kept = [part for part in model.parts if part.split()[0] in ESSENTIAL or random.random() >= omission]
    last = -(-number // PROGRAMME) * PROGRAMME
    kept.append(f"koepel:partOfProgramme <{EXAMPLE}generated/project-{last:05}#programme>")
    project = "<#project> a koepel:Project ;\n  " + " ;\n  ".join(kept) + " ."
    others = [one for one in model.others if "<#project>" in one and random.random() >= omission]
    text = "\n\n".join([model.document, project, *others, *([PROGRAMME_TEXT] if number == last else [])])
    text = "\n\n".join([text, *_mentioned(text, [one for one in model.others if "<#project>" not in one])])
    varied = _vary(text, number, intensity, random)
    return Project(address, f"@base <{address}> .\n{model.prefixes}\n\n{varied}\n")


def _mentioned(text: str, others: list[str]) -> list[str]:
    """Choose what must be described because the text, or what it mentions, speaks of it."""
    found = [one for one in others if one.split()[0] in text]
    if not found:
        return []
    rest = [one for one in others if one not in found]
    return found + _mentioned("\n".join(found), rest)


def _vary(text: str, number: int, intensity: str, random: Random) -> str:
    country, region = random.choice(PLACES)
    modified = DAY - timedelta(days=random.randrange(300))
    replaced = {
        r"De Brug": f"De Brug {number}",
        r"The Bridge": f"The Bridge {number}",
        r"Voorbeeldstad": random.choice(MUNICIPALITIES),
        r"country:BEL": f"country:{country}",
        r"nuts:BE2": f"nuts:{region}",
        r"intensity:intensive": f"intensity:{intensity}",
        r"(dct:audience) [\w:, -]+\b": rf"\1 {random.choice(AUDIENCES)}",
        r'(dct:modified) "2026-09-01"': rf'\1 "{modified}"',
        **{rf"(koepel:{name}) [\d.]+": rf"\1 {value}" for name, value in NUMBERS[intensity].items()},
    }
    for pattern, replacement in replaced.items():
        text = re.sub(pattern, replacement, text)
    return text

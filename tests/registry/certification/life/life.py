"""A life of a project with its label: the registry, the project's own site, and what was seen on the way."""

import re
from dataclasses import dataclass, field
from typing import Any

from registry.validation.standard import MACHINE, load_library
from tests.federation.site import Site, status
from tests.registry.certification.life.scene import Registry
from tests.registry.certification.life.witness import Sight, look
from tests.registry.certification.registered import BASE, EXAMPLE
from tests.registry.certification.town import SCHEME

__all__ = ["INSURANCE", "WAY_IN", "Life"]

PATH = "/bridge.ttl"
WAY_IN = re.compile(r"koepel:referralRoute [^;]*;")
"""How to take part; without it the first requirement does not hold."""
INSURANCE = re.compile(r"koepel:policyType policy-type:insurance ;")
"""Asked from the next version of the standard on."""
ANSWER = {"content_type": "text/turtle"}


@dataclass
class Life:
    """A registry, the site of the project, and what was seen on the way."""

    registry: Registry
    site: Site
    cases: dict[str, str] = field(default_factory=dict)
    """The numbers of the cases: failed, first, upgraded and renewed."""
    sights: dict[str, Sight] = field(default_factory=dict)
    """What readers saw after each step."""
    noted: dict[str, Any] = field(default_factory=dict)
    """What else somebody saw."""

    @property
    def project(self) -> str:
        """The IRI of the project, which lies on its own site."""
        return f"{self.site.address(PATH)}#project"

    @property
    def organisation(self) -> str:
        """The IRI of those who run it."""
        return f"{self.site.address(PATH)}#organisation"

    def describe(self, year: int, *left_out: re.Pattern[str]) -> None:
        """Put a description on the site, with the days of that year, and without what it lacks then."""
        text = EXAMPLE.replace(BASE, self.site.address(PATH))
        text = re.sub(r'"2026(-\d\d-\d\d"\^\^xsd:date)', rf'"{year}\1', text)
        for one in left_out:
            text = one.sub("", text, count=1)
        self.site.publish(status(200, text.encode(), **ANSWER), PATH)

    def publish(self, year: int, *left_out: re.Pattern[str]) -> None:
        """Put it on the site, and have it added."""
        self.describe(year, *left_out)
        self.registry.run("add", self.site.address(PATH), "--space", self.site.address(PATH))

    def apply_at_console(self, level: str, *, on: str = "", renews: str = "") -> str:
        """Apply at the command line, and hand it in; gives the number of the case."""
        day = ("--on", on) if on else ()
        told = ("--as", self.registry.people["olga"].number, "--level", level, "--renews", renews, *day)
        number = self.registry.run("case", "open", self.project, SCHEME, *told).split()[0]
        for act in ("self-assess", "submit"):
            self.registry.at_console("olga", act, number, on=on)
        return number

    def see(self, step: str, case: str) -> None:
        """Write down what readers see of a label now."""
        self.registry.show()
        self.sights[step] = look(self.registry, self.cases[case])

    def judgements(self, version: str, *unmet: str) -> list[dict[str, str]]:
        """Find everything met that no machine decides, but for some criteria; as GraphQL has it."""
        uses = load_library().standard("cms").at(version).uses
        return [
            {"use": str(use.iri), "outcome": "NOT_MET" if use.criterion.identifier in unmet else "MET"}
            for use in uses
            if use.mode != MACHINE
        ]

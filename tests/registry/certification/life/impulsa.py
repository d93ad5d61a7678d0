"""The published history of the label of Fundació Impulsa, entered as it happened.

Fundació Impulsa (Catalonia) tells on its site (fundacioimpulsa.org/?p=13633) that its method got the quality
seal for social mentoring at level MC in 2021, that this was extended in 2024 to July 2025, and that the audit
of July 2025, in which six people were interviewed, led to level MC+. Published are these years and months and
that number. Chosen here are all days, that three mentors and three mentees were heard, what was judged, the
accounts, and the description, which is the fictitious one of the examples. The scheme and its body are a
test's own: only the Coordinadora de Mentoria Social awards its seal.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from registry.validation.standard import load_library
from tests.federation.site import serve
from tests.registry.certification.life.life import Life
from tests.registry.certification.life.scene import Registry
from tests.registry.certification.town import BASIC, BODY, LANTERN, PLUS, SCHEME

__all__ = ["told"]

LISTED, TODAY = "2025-02-03", "2026-11-22"
"""When this registry came to know the project, and when the history is entered."""
GRANTED, EXTENDED, UPGRADED = "2021-07-01", "2024-06-03", "2025-07-28"


@contextmanager
def told(registry: Registry) -> Iterator[Life]:
    """Enter the history: the first label at the command line, the second on the pages."""
    with serve() as site:
        life = Life(registry, site)
        registry.be(LISTED)
        rules = registry.folder.parent / "scheme.ttl"
        rules.write_text(LANTERN, encoding="utf-8")
        registry.run("scheme", "adopt", rules)
        life.publish(2024)
        registry.be(TODAY)
        registry.invite("olga", ("owner", life.organisation))
        registry.invite("aart", ("assessor", BODY))
        registry.invite("dora", ("decider", BODY))
        registry.run("key", "create", BODY)
        _enter_first(life)
        _enter_second(life)
        registry.show()
        yield life


def _enter_first(life: Life) -> None:
    registry = life.registry
    number = life.cases["first"] = life.apply_at_console(BASIC, on="2021-05-03")
    uses = [str(use.iri) for use in load_library().standard("cms").at("1.0.0").uses]
    heard: dict[str, Any] = {"sessions": ["2021-05-03"] * 2, "mentors": 3, "mentees": 3}
    found = [{"use": use, "outcome": "met"} for use in uses]  # no machine was at hand
    registry.at_console("aart", "read-documents", number, on="2021-05-03")
    registry.at_console("aart", "audit", number, on="2021-05-03", **heard, judgements=found)
    registry.at_console("aart", "recommend", number, on="2021-05-03", level=BASIC)
    registry.at_console("dora", "grant", number, on=GRANTED)
    why = "The audit is in July 2025."
    registry.at_console("dora", "extend", number, why, on=EXTENDED, expires="2025-07-31")


def _enter_second(life: Life) -> None:
    registry, day = life.registry, "2025-07-08"
    filled = {"act": "open", "subject": life.project, "scheme": SCHEME, "level": PLUS, "on": day}
    begun = registry.enter("olga").send("/en/cases", **filled, renews=life.cases["first"])
    number = life.cases["second"] = begun.headers["location"].split("/")[-1].partition("?")[0]
    assert registry.on_page("olga", "self-assess", number, on=day) == ""
    assert registry.on_page("olga", "submit", number, on=day) == ""
    assert registry.on_page("aart", "read-documents", number, on=day) == ""
    found = registry.enter("aart").each(number, "judgements", "outcome", "met")
    heard: dict[str, str | list[str]] = {"sessions": [day, day], "mentors": "3", "mentees": "3"}
    assert registry.on_page("aart", "audit", number, on=day, **heard, **found) == ""
    assert registry.on_page("aart", "recommend", number, on=day, level=PLUS) == ""
    assert registry.on_page("dora", "grant", number, on=UPGRADED) == ""

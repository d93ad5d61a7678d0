"""The report for programs."""

import json as standard_json
from datetime import date
from typing import Any

from registry.report import json
from tests.registry.sample import BRIDGE, COMPLETE, sample_library, sample_view

SHORT = f"{BRIDGE} dct:audience <#friends> ."


def report(turtle: str, *standards: str) -> dict[str, Any]:
    """Read the one report of a description."""
    (found,) = standard_json.loads(json.render([sample_view(turtle, *standards)]))["reports"]
    assert isinstance(found, dict)
    return found


def keys(value: Any, path: str = "") -> set[str]:
    """List the ways through nested objects, with lists left out."""
    if isinstance(value, list):
        return set().union(*(keys(one, path) for one in value))
    if not isinstance(value, dict):
        return {path}
    return set().union({path}, *(keys(inner, f"{path}/{key}") for key, inner in value.items()))


def test_the_keys_are_those_that_are_documented() -> None:
    found = keys(report(SHORT, "profile", "strict")) - {""}
    documented = json.__doc__ or ""

    named = {part for path in found for part in path.split("/") if part}
    assert {name for name in named if f'"{name}"' not in documented} == {"not-applicable", "not-met"}
    assert "/standards/scorecards/rows/basic" in found
    assert "/standards/requirements/advice/gaps/places/thing" in found


def test_outcomes_severities_and_dates_are_codes_and_not_words() -> None:
    found = report(SHORT, "profile")

    (card,) = found["standards"][0]["scorecards"]
    assert card["rows"][1] == {
        "identifier": "2",
        "title": "Sources",
        "basic": "not-applicable",
        "additional": None,
    }
    assert card["basic"] == {"not-met": 1, "not-applicable": 1}
    assert found["standards"][0]["requirements"][0]["advice"][0]["severity"] == "must"
    assert (found["on"], found["conforms"]) == ("2026-11-21", False)


def test_a_description_that_lacks_nothing_has_no_advice() -> None:
    assert report(COMPLETE, "gentle")["standards"][0]["requirements"] == []


def test_a_standard_is_written_with_levels_modes_and_thresholds() -> None:
    library = sample_library()

    (found,) = standard_json.loads(
        json.render_standards([library.standard("strict")], "nl", date(2026, 11, 21))
    )["standards"]

    paper = found["requirements"][1]["criteria"][1]
    assert (found["title"], paper["level"], paper["mode"]) == ("Strenge standaard", "additional", "evidence")
    assert paper["thresholds"][0]["months"] == 12

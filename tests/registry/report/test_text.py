"""The report in a terminal, through a pipe and in a file."""

import io
import re

import pytest
from rich.console import Console

from registry.report import text
from registry.report.view import ReportView
from registry.vocabulary import LANGUAGES
from tests.registry.sample import BRIDGE, COMPLETE, sample_view

STATEMENTS = "".join(f"<#s{n:02}> a koepel:Statement ." for n in range(17))
SHORT = f"{BRIDGE} koepel:training [ a koepel:Training ] ; dct:audience <#friends> ."
FRAMES = re.compile("[\u2500-\u257f]")
COLOURS = re.compile("\x1b\\[[0-9;]*m")


def written(*views: ReportView, terminal: bool = False) -> str:
    """Write reports as a terminal or a pipe of eighty columns gets them."""
    out = io.StringIO()
    text.write(
        views,
        Console(file=out, width=80, force_terminal=terminal, color_system="standard" if terminal else None),
    )
    return out.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_keep_to_eighty_columns_except_those_to_copy(language: str) -> None:
    lines = written(sample_view(SHORT, "profile", "gentle", "strict", language=language)).splitlines()

    assert [line for line in lines if len(line) > 80 and "koepel" not in line] == []


def test_a_pipe_gets_neither_frames_nor_colours() -> None:
    plain = written(sample_view(SHORT, "gentle"))

    assert not FRAMES.search(plain)
    assert "\x1b" not in plain


def test_colour_adds_nothing_that_the_words_do_not_say() -> None:
    view = sample_view(SHORT, "gentle", "strict")
    coloured, plain = written(view, terminal=True), written(view)

    assert COLOURS.search(coloured)
    assert COLOURS.sub("", coloured).split() == plain.split()


def test_what_must_be_mended_is_said_with_place_advice_and_lines_to_paste() -> None:
    plain = " ".join(written(sample_view(SHORT, "gentle")).split())

    assert "State at least 2 hours. [Must be mended · Not met]" in plain
    assert "Where: The Bridge › hours of mentor training before the first meeting" in plain
    assert "How: Add up the hours; at least 2." in plain
    assert "<#bridge> koepel:mentorTrainingHours 2 ; ." in plain
    assert "@prefix koepel: <https://w3id.org/koepel/def#> ." in plain


def test_places_beyond_the_first_five_are_counted() -> None:
    plain = written(sample_view(COMPLETE + STATEMENTS, "profile"))

    assert plain.count("Where: statement s") == 5
    assert "and 12 more" in plain


def test_a_wrong_value_is_shown() -> None:
    plain = " ".join(written(sample_view(f'{BRIDGE} dct:audience "all" .', "profile")).split())

    assert "Where: The Bridge › target group (it says: all)" in plain


def test_what_looks_like_markup_or_steers_a_terminal_is_shown_as_it_is() -> None:
    view = sample_view('<#x> a koepel:Project ; dct:title "[red]Bri\\u001b[31mdge[/red] :smile:" .', "gentle")

    plain = written(view, terminal=True)

    assert "[red]Bri\\u001b[31mdge[/red] :smile:" in plain


def test_there_is_never_a_percentage() -> None:
    assert "%" not in written(sample_view(SHORT, "profile", "gentle", "strict"))


def test_the_judgement_of_people_is_asked_for_by_name() -> None:
    assert "A person has to judge: The description is inviting" in written(sample_view(COMPLETE, "strict"))


def test_several_reports_follow_each_other() -> None:
    first, second = sample_view(COMPLETE, "gentle"), sample_view(SHORT, "gentle", language="nl")

    both = written(first, second)

    assert both.index("nothing basic is missing") < both.index("er ontbreekt iets van de basis")

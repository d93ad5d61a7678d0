"""The reader's own process: what a document can cost there, and what it can see."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from registry.ingest.guard import Limits
from tests.registry.ingest.publishing import JSON_LD, PROJECT, TURTLE, publish, refusal

ROOT = Path(__file__).parents[3]
A_SECOND = Limits(seconds=1)


def seconds_of_children() -> float:
    """Give the processor time that ended processes of ours have taken."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def everyone_knows_everyone(number: int) -> str:
    """State that each of some things without a name knows each other: nothing tells them apart."""
    people = range(number)
    return "\n".join(f"_:b{one} <#knows> _:b{other} ." for one in people for other in people if one != other)


def context_in_context(terms: int, uses: int) -> str:
    """Write a context that has to be worked out again at each use."""
    inner = {f"t{number}": f"https://buddy.example/{number}" for number in range(terms)}
    context = {"p": {"@id": "https://buddy.example/p", "@context": inner}}
    return json.dumps({"@context": context, "@id": "https://buddy.example/", "p": [{"t0": 1}] * uses})


def names_that_grow(number: int) -> str:
    """Write a context that makes each of many names a megabyte long."""
    names = {f"k{name}": 1 for name in range(number)}
    return json.dumps({"@context": {"@vocab": f"https://buddy.example/{'x' * 1_000_000}"}, **names})


@pytest.mark.parametrize(
    ("media_type", "text"),
    [
        (TURTLE, everyone_knows_everyone(9)),
        (TURTLE, "\n".join(f"_:b{number} <#knows> _:b{number + 1} ." for number in range(3000))),
        (JSON_LD, context_in_context(10_000, 5_000)),
        (JSON_LD, names_that_grow(10_000)),
    ],
    ids=["clique", "chain", "contexts in contexts", "names that grow"],
)
def test_a_short_document_that_asks_for_endless_work_is_stopped(media_type: str, text: str) -> None:
    spent = seconds_of_children()

    error = refusal(text, media_type, limits=A_SECOND)

    assert error.code == "reading-stopped"
    assert "more than 1 seconds or 1024 megabytes" in error.message
    assert "Give the things without a name (blank nodes) names" in error.message
    assert seconds_of_children() - spent < 2.5


def test_a_document_that_asks_for_more_memory_is_stopped() -> None:
    text = names_that_grow(300)

    assert refusal(text, JSON_LD).code == "iri-too-long"
    assert refusal(text, JSON_LD, limits=Limits(memory_bytes=300_000_000)).code == "reading-stopped"


def test_a_few_things_that_look_alike_are_read() -> None:
    assert len(publish(everyone_knows_everyone(4)).graph) == 12


def test_the_reader_sees_no_settings_and_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "nowhere")
    monkeypatch.setenv("KOEPEL_SECRET", "secret")
    seen: list[dict[str, str]] = []
    run = subprocess.run

    def spy(*arguments: object, env: dict[str, str], **options: object) -> object:
        seen.append(env)
        return run(*arguments, env=env, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", spy)
    publish(PROJECT)

    assert [set(env) for env in seen] == [{"PYTHONPATH"}]


def test_a_module_in_the_folder_where_we_are_is_not_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "zlib.py").write_text("raise SystemExit('taken over')")
    (tmp_path / "pyoxigraph.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)

    assert publish(PROJECT).digest


def test_the_reader_starts_without_the_heavy_libraries() -> None:
    program = "import sys, registry.ingest.reader; print('rdflib' in sys.modules)"

    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout == "False\n"

"""The habits of the repository: small files, clean text, tidy Turtle, names that say something."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
import rdflib

ROOT = Path(__file__).parents[1]
TOP_LEVEL = {
    ".ci",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "LICENSES",
    "Makefile",
    "README.md",
    "examples",
    "federation",
    "ontology",
    "pyproject.toml",
    "registry",
    "shapes",
    "tests",
}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
VAGUE_NAMES = {"base2", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
VERBATIM = ("LICENSE", "LICENSES/*.txt", "*/vendor/*")  # other people's texts stay as they are
NEEDS_TABS = ("Makefile", "service-spellings.txt")
PACKAGE_HOSTS = {"pypi": "org", "pythonhosted": "org", "npmjs": "(?:org|com)", r"deb\.debian": "org"}
"""Where packages come from is a matter of each machine."""
MACHINE_PLACES = re.compile(
    r"(?<![\w.~-])/(?:home|root|tmp|opt|mnt|media|work|workspace|builds|Users)/\w|\b[A-Z]:\\\w"
    + "".join(rf"|\b{name}\.{end}" for name, end in PACKAGE_HOSTS.items())
)
TURTLE_TEXT = re.compile(
    r'"{3}(?:[^\\]|\\.)*?"{3}'
    r"|'{3}(?:[^\\]|\\.)*?'{3}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|#[^\n]*"
    r"|(?P<iri><[^<>\s]*>)",
    re.DOTALL,
)
TURTLE_PREFIX = re.compile(r"(?:@prefix|\bPREFIX)\s+([\w.-]*):\s*<([^>]*)>", re.IGNORECASE)


def ignored_names() -> list[str]:
    """List the name patterns that the repository leaves out."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def entries(folder: Path) -> list[Path]:
    """List what belongs to the repository in one folder."""
    patterns = ignored_names()
    return sorted(
        path for path in folder.iterdir() if not any(fnmatch(path.name, pattern) for pattern in patterns)
    )


def walk(folder: Path) -> Iterator[Path]:
    """List every file of the repository below a folder."""
    for path in entries(folder):
        if path.is_dir():
            yield from walk(path)
        else:
            yield path.relative_to(ROOT)


FILES = list(walk(ROOT))
MODULES = [path for path in FILES if path.suffix == ".py"]
TURTLE = [path for path in FILES if path.suffix == ".ttl"]


def read(path: Path) -> str:
    """Read a file of the repository; one that holds no text reads as empty."""
    data = (ROOT / path).read_bytes()
    return "" if b"\0" in data else data.decode("utf-8")


def untidy(path: Path, text: str) -> Iterator[str]:
    """Say what is wrong with the white space of a file."""
    if any(fnmatch(path.as_posix(), pattern) for pattern in VERBATIM) or not text:
        return
    if not text.endswith("\n") or text.endswith("\n\n"):
        yield f"{path}: ends without exactly one line end"
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        if line.endswith((" ", "\t", "\r")):
            yield f"{path}:{number}: white space at the end"
        if "\t" in line and path.name not in NEEDS_TABS:
            yield f"{path}:{number}: a tab"


def oversized(path: Path, source: str) -> Iterator[str]:
    """Say whether a module, or which of its functions, is too long; a docstring counts."""
    lines = source.count("\n")
    if lines > LONGEST_MODULE:
        yield f"{path}: {lines} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{path}:{node.lineno}: {node.name} has {lines} lines"


def vague_names(path: Path) -> set[str]:
    """Find the words in a path that say nothing about what is in the file."""
    return VAGUE_NAMES & set(re.split(r"[\W_]+", path.as_posix().lower()))


def machine_places(path: Path, text: str) -> list[str]:
    """Find where a file names a folder of one machine, or the host of a package registry."""
    return [f"{path}: {found[0]}" for found in MACHINE_PLACES.finditer(text)]


def prefix_faults(turtle: str) -> list[str]:
    """Say which prefixes of a Turtle text are declared twice, never used or never declared."""
    plain = TURTLE_TEXT.sub(lambda found: found["iri"] or " ", turtle)
    declared = TURTLE_PREFIX.findall(plain)
    body = re.sub(r"<[^<>\s]*>", " ", TURTLE_PREFIX.sub(" ", plain))
    used = set(re.findall(r"(?<![\w.:-])([\w.-]*):", body)) - {"_"}
    prefixes = {prefix for prefix, _ in declared}
    again = [name for column in zip(*declared, strict=True) for name, n in Counter(column).items() if n > 1]
    return (
        [f"declared twice: {name}" for name in again]
        + [f"never used: {name}" for name in sorted(prefixes - used)]
        + [f"never declared: {name}" for name in sorted(used - prefixes)]
    )


def test_only_known_entries_stand_at_the_top() -> None:
    assert {path.name for path in entries(ROOT)} - TOP_LEVEL == set()


def test_every_file_is_clean_text() -> None:
    assert [fault for path in FILES for fault in untidy(path, read(path))] == []


def test_no_module_and_no_function_is_too_long() -> None:
    assert [fault for path in MODULES for fault in oversized(path, read(path))] == []


def test_every_name_says_what_is_inside() -> None:
    assert [path for path in FILES if vague_names(path)] == []


def test_no_file_names_the_place_where_it_was_made() -> None:
    assert [fault for path in FILES for fault in machine_places(path, read(path))] == []


@pytest.mark.parametrize("path", TURTLE, ids=str)
def test_a_turtle_file_parses_and_declares_the_prefixes_it_uses(path: Path) -> None:
    rdflib.Graph().parse(data=read(path), format="turtle")

    assert prefix_faults(read(path)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "x = 1 \n"),
        ("a.py", "x = 1\r\n"),
        ("a.py", "if x:\n\ty = 1\n"),
        ("a.ttl", "# no line end"),
        ("a.md", "One empty line too many\n\n"),
        ("Makefile", "run:\t\n"),
    ],
)
def test_untidy_white_space_is_found(name: str, text: str) -> None:
    assert len(list(untidy(Path(name), text))) == 1


def test_what_others_wrote_keeps_its_white_space() -> None:
    assert list(untidy(Path("registry/web/static/vendor/style.css"), "a \t\r\n")) == []


def test_a_module_and_a_function_that_are_too_long_are_found() -> None:
    source = "async def act():\n" + "    pass\n" * LONGEST_MODULE

    assert list(oversized(Path("a.py"), source)) == ["a.py: 401 lines", "a.py:1: act has 401 lines"]


@pytest.mark.parametrize("name", ["registry/utils.py", "tests/helpers/a.py", "a/manager.ttl", "http_util.py"])
def test_a_vague_name_is_found(name: str) -> None:
    assert vague_names(Path(name))


@pytest.mark.parametrize("place", ["home/someone", "tmp/x", "Users/someone", "opt/tool"])
def test_a_folder_of_one_machine_is_found(place: str) -> None:
    assert machine_places(Path("a.py"), f"path = '/{place}/file'")
    assert machine_places(Path("a.md"), f"[a page](https://example.org/{place})") == []


@pytest.mark.parametrize(
    ("turtle", "fault"),
    [
        ("@prefix a: <urn:a#> . @prefix a: <urn:b#> . a:x a a:y .", "declared twice: a"),
        ("@prefix a: <urn:a#> . PREFIX b: <urn:a#> a:x a b:y .", "declared twice: urn:a#"),
        ('@prefix a: <urn:a#> . <urn:x> <urn:a:p> \'a:x\', """a:y""" . # a:z', "never used: a"),
        ("@prefix a: <urn:a#> . a:x a b:y .", "never declared: b"),
    ],
)
def test_a_fault_in_the_prefixes_is_found(turtle: str, fault: str) -> None:
    assert prefix_faults(turtle) == [fault]


def test_prefixes_in_good_order_pass() -> None:
    turtle = "@prefix : <urn:c#> .\n@prefix a: <urn:a#> . # b:\n:x a a:y ; a:t 'it\\'s b:x'@en, [ a:q _:z ] ."

    assert prefix_faults(turtle) == []

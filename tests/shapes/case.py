"""Cases: each is a small SPARQL update on the complete project, and says what must be found after it.

The first lines of a case state the whole expectation, for example

    # expect: Q41-sessions sh:Warning on <#intervision> at koepel:sessionsPerMatch

A line names the shape, its severity, the thing that is looked at (the project, unless another is named) and
the path, unless the shape looks at the thing as a whole. `# expect: nothing` marks a change that stays valid.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Node

from registry.validation.engine import Result
from registry.vocabulary import EXAMPLE

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
COMPLETE = str(EXAMPLE["fictitious/complete-project"])
"""The address of the document that every case starts from."""

EVERY = "every-criterion"
"""The standard that uses every criterion, for tests only."""

EXPECTATION = re.compile(r"# expect: (\S+) sh:(\w+)(?: on <#([\w-]+)>)?(?: at (.+))?")


@dataclass(frozen=True, order=True)
class Expectation:
    """One result that a validator must give: shape, severity, thing and path."""

    shape: str
    severity: str
    focus: str
    path: str


@dataclass(frozen=True)
class Case:
    """One update, the standard it is held against, and what must then be found."""

    file: Path
    standard: str
    expected: tuple[Expectation, ...]

    @property
    def name(self) -> str:
        """The name of the case in the list of tests."""
        return self.file.relative_to(FOLDER).with_suffix("").as_posix()

    def apply(self, complete: Graph) -> Graph:
        """Break a copy of the complete project, and move it to an address of its own.

        With its own address it can be validated in one run with all other cases.
        """
        prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in complete.namespaces())
        store = pyoxigraph.Store()
        store.load(complete.serialize(format="nt", encoding="utf-8"), pyoxigraph.RdfFormat.N_TRIPLES)
        store.update(prefixes + self.file.read_text(encoding="utf-8"), base_iri=COMPLETE)
        text = "\n".join(f"{quad.triple} ." for quad in store)
        moved = text.replace(f"<{COMPLETE}", f"<{COMPLETE}/{self.name}")
        return Graph(bind_namespaces="none").parse(data=moved, format="nt")


def read_cases() -> list[Case]:
    """Find every case below this folder; those of a standard lie in a folder with its token."""
    criteria = [_read(path, EVERY) for path in sorted(FOLDER.glob("criteria/*/*.ru"))]
    return criteria + [_read(path, path.parent.name) for path in sorted(FOLDER.glob("standards/*/*.ru"))]


def _read(path: Path, standard: str) -> Case:
    lines = [one for one in path.read_text(encoding="utf-8").splitlines() if one.startswith("# expect: ")]
    if lines == ["# expect: nothing"]:
        return Case(path, standard, ())
    found = [match.groups("") for one in lines if (match := EXPECTATION.fullmatch(one))]
    if not found or len(found) < len(lines):
        raise ValueError(f"{path} does not say what to expect.")
    expected = (Expectation(shape, level, focus or "project", at) for shape, level, focus, at in found)
    return Case(path, standard, tuple(sorted(expected)))


def by_case(results: Iterable[Result], report: Graph, names: Graph) -> dict[str, list[Expectation]]:
    """Write the results of one run the way that cases expect them, for each case apart."""
    found = defaultdict(list)
    for one in results:
        case, _, focus = str(one.focus).removeprefix(f"{COMPLETE}/").partition("#")
        shape, severity = str(one.shape).rpartition("#")[2], one.severity.removeprefix(str(SH))
        found[case].append(Expectation(shape, severity, focus, path_text(report, one.path, names)))
    return {case: sorted(expectations) for case, expectations in found.items()}


def path_text(graph: Graph, path: Node | None, names: Graph) -> str:
    """Write a SHACL path the way SPARQL does, with the prefixes of a description."""
    if path is None:
        return ""
    if isinstance(path, URIRef):
        return names.namespace_manager.normalizeUri(path)
    inverse, choice = graph.value(path, SH.inversePath), graph.value(path, SH.alternativePath)
    if inverse is not None:
        return "^" + path_text(graph, inverse, names)
    steps = [path_text(graph, step, names) for step in Collection(graph, choice or path)]
    return f"({'|'.join(steps)})" if choice else "/".join(steps)

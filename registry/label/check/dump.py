"""Takes one graph out of a dump of the whole registry, which may be larger than memory."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final

import zstandard

from registry.errors import InvalidDataError, NotFoundError
from registry.label.proof import canonical_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["read_graph"]

LARGEST: Final = 20_000_000
"""The largest graph that is taken out, in bytes."""


def read_graph(path: Path, graph: str) -> bytes:
    """Give the statements of a graph as canonical N-Quads.

    Args:
        path: A dump in N-Quads, as it is or packed (Zstandard).
        graph: The name of the graph: the source of a description.

    Raises:
        NotFoundError: The dump does not hold it.
        InvalidDataError: The file is no such dump.
    """
    ending, found, size = f" <{graph}> .".encode(), list[bytes](), 0
    try:
        with _opened(path) as lines:
            for line in lines:
                text = line.rstrip()
                if text.endswith(ending):
                    found.append(text.removesuffix(ending) + b" .")
                    size += len(text)
                    if size > LARGEST:
                        raise _no_dump(path)
        if found:
            return canonical_lines(b"\n".join(found).decode())
    except (OSError, ValueError, SyntaxError, zstandard.ZstdError) as error:
        raise _no_dump(path) from error
    raise NotFoundError(
        "dump-without-graph",
        "The dump {file} does not hold the description {graph}; the label may rest on a source that is no "
        "longer published.",
        file=str(path),
        graph=graph,
    )


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[bytes]]:
    with path.open("rb") as file:
        if path.suffix == ".zst":
            with zstandard.ZstdDecompressor().stream_reader(file) as packed:
                yield _lines(packed)
        else:
            yield iter(file)


def _lines(packed: BinaryIO | zstandard.ZstdDecompressionReader) -> Iterator[bytes]:
    rest = b""
    while part := packed.read(2**20):
        *whole, rest = (rest + part).split(b"\n")
        if len(rest) > LARGEST:
            raise ValueError("a line without end")
        yield from whole
    if rest:
        yield rest


def _no_dump(path: Path) -> InvalidDataError:
    return InvalidDataError(
        "dump-unreadable",
        "{file} cannot be read as a dump in N-Quads. Take the file that ends in .nq.zst.",
        file=str(path),
    )

"""What the registry and a process that works for it say to each other, and how it is put on the wire."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from multiprocessing.reduction import ForkingPickler
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from asyncio import StreamReader

    from registry.errors import KoepelError
    from registry.graph.snapshot import Snapshot
    from registry.sparql.check import Form
    from registry.sparql.delegation import Plan
    from registry.sparql.question import Question

__all__ = [
    "Ended",
    "Failed",
    "Frame",
    "Grown",
    "Order",
    "Planned",
    "Planning",
    "Started",
    "Whole",
    "frame",
    "pack",
    "receive",
]

LENGTH: Final = struct.Struct("!I")


@dataclass(frozen=True)
class Order:
    """The registry asks for an answer."""

    snapshot: Snapshot
    question: Question
    form: Form | None = None
    """What is known of the question, if it has been checked."""


@dataclass(frozen=True)
class Planning:
    """The registry asks which parts of a query are for which of these peers."""

    snapshot: Snapshot
    question: Question
    peers: frozenset[str]


@dataclass(frozen=True)
class Started:
    """There is more to an answer than a frame holds: it is being written to a file, in this media type."""

    media_type: str


@dataclass(frozen=True)
class Grown:
    """So many bytes of the answer are in the file."""

    size: int


@dataclass(frozen=True)
class Ended:
    """The answer is in the file, and this is its size."""

    size: int
    spent: bool
    """Whether the process has taken so much memory that a fresh one should take its place."""


@dataclass(frozen=True)
class Whole:
    """A small answer."""

    data: bytes
    media_type: str
    spent: bool


@dataclass(frozen=True)
class Failed:
    """There is no answer, or the rest of it is missing."""

    error: KoepelError
    spent: bool
    note: str = ""
    """What an operator may want to know about it, and nobody else."""


@dataclass(frozen=True)
class Planned:
    """What is to be asked elsewhere first."""

    plan: Plan
    spent: bool


Frame = Started | Grown | Ended | Whole | Failed | Planned


def pack(message: Order | Planning | Frame) -> bytes:
    """Put a message into bytes, with their number before them."""
    data = bytes(ForkingPickler.dumps(message))
    return LENGTH.pack(len(data)) + data


def receive(channel: BinaryIO) -> Order | Planning | None:
    """Wait for the next order; nothing when there is nobody left to give one."""
    head = channel.read(LENGTH.size)
    data = channel.read(*LENGTH.unpack(head)) if len(head) == LENGTH.size else b""
    return ForkingPickler.loads(data) if data else None  # from the registry itself


async def frame(reader: StreamReader) -> Frame:
    """Wait for what a process has to say next.

    Raises:
        EOFError: It is no longer there.
    """
    try:
        (length,) = LENGTH.unpack(await reader.readexactly(LENGTH.size))
        data = await reader.readexactly(length)
    except ConnectionError as error:
        raise EOFError from error
    message: Frame = ForkingPickler.loads(data)
    return message

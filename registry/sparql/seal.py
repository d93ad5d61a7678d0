"""Takes the network away from the thread that works on queries, for good.

It is the last line of defence against a query that calls another server: Oxigraph has no switch for that,
and this holds in whichever way the query is written. Linux has the means (seccomp, since version 3.5) and
asks for no special right; elsewhere the check of the query is all there is.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from typing import Final

__all__ = ["seal"]

#: Per kind of processor: how the system calls it (audit.h), and the number under which sockets are made.
PROCESSORS: Final = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
#: What the filter's program is made of (filter.h, seccomp.h).
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
REFUSE, ALLOW = 0x00050000 | errno.EACCES, 0x7FFF0000
NUMBER_OF_CALL, KIND_OF_PROCESSOR = 0, 4
NO_NEW_PRIVILEGES, FILTER_CALLS, BY_PROGRAM = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def seal() -> bool:
    """Let this thread, and what it starts, make no connection from now on; tells whether that worked."""
    if platform.machine() not in PROCESSORS or platform.system() != "Linux":
        return False
    steps = ctypes.create_string_buffer(_steps(*PROCESSORS[platform.machine()]))
    program = _Program((len(steps) - 1) // 8, ctypes.cast(steps, ctypes.c_void_p))
    control = ctypes.CDLL(None).prctl
    if control(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return not control(FILTER_CALLS, BY_PROGRAM, ctypes.byref(program), 0, 0)


def _steps(processor: int, make_socket: int) -> bytes:
    """Write the program: for every system call it says whether it is allowed."""
    steps = (
        (LOAD, 0, 0, KIND_OF_PROCESSOR),
        (JUMP_IF_EQUAL, 0, 3, processor),
        (LOAD, 0, 0, NUMBER_OF_CALL),
        (JUMP_IF_EQUAL, 0, 1, make_socket),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    )
    return b"".join(struct.pack("HBBI", *step) for step in steps)

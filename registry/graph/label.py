"""Stable labels for things without a name, so that equal input gives the same graph byte for byte.

The labels of canonical N-Quads (RDFC-1.0) begin anew in every document. Here each document gets labels that
no other has, made from the name of its graph.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

__all__ = ["relabel"]

#: A blank node is the first term of a canonical line or its last one: text always ends with a quotation mark,
#: a language or a datatype before the full stop.
SUBJECT: Final = re.compile(rb"^_:c14n(\d+)(?= )", re.MULTILINE)
VALUE: Final = re.compile(rb" _:c14n(\d+)(?= \.$)", re.MULTILINE)
DIGITS: Final = 16


def relabel(graph: str, canonical: bytes) -> bytes:
    r"""Give the things without a name in a document labels that are its own.

    >>> relabel("https://buddy.example/", b'_:c14n0 <a:b> " _:c14n1 ." .\n_:c14n11 <a:b> _:c14n0 .\n')
    b'_:aca5e28be4c74dd10000 <a:b> " _:c14n1 ." .\n_:aca5e28be4c74dd1000b <a:b> _:aca5e28be4c74dd10000 .\n'
    """
    prefix = hashlib.sha256(graph.encode()).hexdigest()[:DIGITS]

    def label(found: re.Match[bytes]) -> bytes:
        return f"_:{prefix}{int(found[1]):04x}".encode()

    return VALUE.sub(lambda found: b" " + label(found), SUBJECT.sub(label, canonical))

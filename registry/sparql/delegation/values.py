"""Writes what peers answered into a query, as a `VALUES` block in the place of the call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from registry.sparql.delegation.call import Call
    from registry.sparql.delegation.table import Table, Term

__all__ = ["values"]

GAP: Final = "UNDEF"


def values(call: Call, tables: Sequence[Table]) -> str:
    r"""Write the rows of all peers that a part was for, in the order of its addresses.

    A call to nobody else's variable has no name in it, and its rows only count (SPARQL 1.1, section 10.2).

    >>> from registry.sparql.delegation.call import Call
    >>> from registry.sparql.delegation.table import read_table
    >>> row = b'{"a": {"type": "literal", "value": "\\"} <urn:b>"}}'
    >>> table = read_table(b'{"head": {"vars": ["a", "b"]}, "results": {"bindings": [' + row + b"]}}")
    >>> print(values(Call(0, 0, ("https://peer.example/",), "", frozenset({"a", "b"}), "peer"), [table]))
    { VALUES (?a ?b ?peer) { ("\"} <urn:b>" UNDEF <https://peer.example/>) } }
    """
    named = dict.fromkeys(name for table in tables for name in table.variables)
    names = tuple({**named, call.variable: None} if call.variable else named)
    rows = (
        row
        for address, table in zip(call.addresses, tables, strict=True)
        for row in _rows(table, names, call.variable, f"<{address}>")
    )
    heading = " ".join(f"?{name}" for name in names)
    return f"{{ VALUES ({heading}) {{ {' '.join(rows)} }} }}"


def _rows(table: Table, names: Sequence[str], variable: str, address: str) -> Iterator[str]:
    places = [table.variables.index(name) if name in table.variables else None for name in names]
    where = names.index(variable) if variable else None
    for row in table.rows:
        cells = [GAP if place is None else _written(row[place]) for place in places]
        if where is not None:
            if cells[where] not in (GAP, address):  # the part itself says something else: the two do not join
                continue
            cells[where] = address
        yield f"({' '.join(cells)})"


def _written(term: Term | None) -> str:
    """Write a term as N-Triples do, which is also SPARQL: quotation marks and line ends become escapes."""
    return GAP if term is None else str(term)

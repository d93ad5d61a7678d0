"""All tables of the ledger; what the ledger of the first preview holds is taken over.

That ledger had the tables `version` (packed with gzip) and `event` (times in UTC without saying so), and no
record of its revision.
"""

from __future__ import annotations

import gzip
from datetime import UTC
from typing import TYPE_CHECKING
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from registry.ledger.version import pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

revision = "0001"
down_revision = None

PART = 100
NEWS = sa.text("(happening NOT IN ('fetched', 'unchanged'))")


def upgrade() -> None:
    """Make the tables, and fill them from the former ones where there are any."""
    former = [name for name in ("version", "event") if sa.inspect(op.get_bind()).has_table(name)]
    for name in former:
        op.rename_table(name, f"former_{name}")
    versions, events = _make_tables()
    for table, convert in ((versions, _version), (events, _event)):
        if table.name in former:
            _take_over(table, convert)
            op.drop_table(f"former_{table.name}")


def _make_tables() -> tuple[sa.Table, sa.Table]:
    ledger = op.create_table("ledger", sa.Column("lineage", sa.String(36), primary_key=True))
    op.bulk_insert(ledger, [{"lineage": str(uuid4())}])
    versions = op.create_table(
        "version",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("canonical", sa.LargeBinary, nullable=False),
        sa.Column("original", sa.LargeBinary, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
    )
    events = op.create_table(
        "event",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("happening", sa.String(20), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("rules", sa.Text, nullable=False),
    )
    op.create_index("event_source", "event", ["source", "position"])
    op.create_index(
        "event_news",
        "event",
        ["source", "position", "happening"],
        sqlite_where=NEWS,
        postgresql_where=NEWS,
    )
    return versions, events


def _take_over(table: sa.Table, convert: Callable[[sa.RowMapping], dict[str, Any]]) -> None:
    former = sa.Table(f"former_{table.name}", sa.MetaData(), autoload_with=op.get_bind())
    with op.get_bind().execute(sa.select(former).execution_options(yield_per=PART)) as rows:
        for part in rows.mappings().partitions():
            op.bulk_insert(table, [convert(row) for row in part])


def _version(row: sa.RowMapping) -> dict[str, Any]:
    return {**row, **{name: pack(gzip.decompress(row[name])) for name in ("canonical", "original")}}


def _event(row: sa.RowMapping) -> dict[str, Any]:
    time = row["time"] if row["time"].tzinfo else row["time"].replace(tzinfo=UTC)
    return {**row, "time": time, "actor": "registry", "rules": ""}

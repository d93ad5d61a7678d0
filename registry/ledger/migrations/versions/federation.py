"""An event says for whom somebody acted, which list led to a source, and on what terms it is registered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ADDED = ("behalf", "via", "terms")
NEWS = sa.text("(happening NOT IN ('claimed', 'fetched', 'merged', 'named', 'unchanged'))")


def upgrade() -> None:
    """Add the columns, and let the index of news leave out what befalls organisations."""
    op.drop_index("event_news", "event")
    with op.batch_alter_table("event") as event:
        for name in ADDED:
            event.add_column(sa.Column(name, sa.Text, nullable=False, server_default=""))
    with op.batch_alter_table("event") as event:
        for name in ADDED:
            event.alter_column(name, server_default=None)
    op.create_index(
        "event_news",
        "event",
        ["source", "position", "happening"],
        sqlite_where=NEWS,
        postgresql_where=NEWS,
    )

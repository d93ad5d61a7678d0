"""Events tell what is done in certification too: that is no news of a source, and is found by itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NEWS = sa.text(
    "(happening NOT IN ('acted', 'adopted', 'claimed', 'entitled', 'fetched', 'keyed', 'merged', 'named', "
    "'unchanged'))"
)
ACTS = sa.text("happening IN ('acted', 'adopted', 'entitled', 'keyed')")


def upgrade() -> None:
    """Let the index of news leave the new events out, and give them one of their own."""
    op.drop_index("event_news", "event")
    op.create_index(
        "event_news",
        "event",
        ["source", "position", "happening"],
        sqlite_where=NEWS,
        postgresql_where=NEWS,
    )
    op.create_index("event_acts", "event", ["position"], sqlite_where=ACTS, postgresql_where=ACTS)

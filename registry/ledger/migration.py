"""Brings the tables of a ledger up to date when it is opened.

Alembic is loaded only when there is something to do: most of the time there is not.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Column, MetaData, String, Table, inspect, select

from registry.ledger.database import reading, writing
from registry.ledger.schema import REVISION
from registry.ledger.trouble import place
from registry.storage import StorageError

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

__all__ = ["migrate", "steps"]

STEPS: Final = Path(__file__).with_name("migrations")
STANDING: Final = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def migrate(engine: Engine) -> None:
    """Bring the tables up to date; processes that open the ledger at the same time take turns."""
    with reading(engine) as connection:
        if _revision(connection) == REVISION:
            return
    with writing(engine) as connection:
        _bring_up(connection)


def steps(connection: Connection | None = None) -> Config:
    """Describe the steps to Alembic, and the connection on which to take them."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(STANDING.name):
        return None
    return connection.execute(select(STANDING.c.version_num)).scalar()


def _bring_up(connection: Connection) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config, revision = steps(connection), _revision(connection)
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise StorageError(
            "ledger-newer",
            "The ledger {place} was written by a newer version of Koepel ({revision}; this one knows "
            "{known}). Install that version, or open another ledger.",
            place=place(connection.engine.url),
            revision=revision,
            known=REVISION,
        )
    command.upgrade(config, "head")

"""Runs the steps on the connection that the registry gives; there is no configuration file."""

from alembic import context

from registry.ledger.schema import METADATA


def run() -> None:
    """Take the steps within the transaction of the connection."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=METADATA,
        compare_server_default=True,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if hasattr(context, "config"):  # so only where Alembic loads this file, and not where tests look for examples
    run()

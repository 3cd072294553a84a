"""What Alembic runs: our migrations, on the connection and inside the transaction it was given."""

from __future__ import annotations

from alembic import context

from zhiyin.store.schema import METADATA


def run() -> None:
    """Run the migrations asked for."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=METADATA,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


# Alembic loads this file under this name; anyone else who imports it only gets the function.
if __name__ == "env_py":
    run()

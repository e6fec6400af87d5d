"""Run by Alembic: migrate over the connection that the store passes in, inside its transaction."""

from alembic import context

from zhengpin.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()

"""Run by Alembic inside the transaction that library.catalogue.database begins."""

from alembic import context

from library.catalogue.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()

"""The store: opens a database, brings it to the schema of this version, and hands out units of work."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Select, select

from zhengpin.storage import migrations, tables
from zhengpin.storage.commits import GroupCommit
from zhengpin.storage.engine import FROM_ONE_SNAPSHOT, for_writing, lock_marketplace, open_engine, translated
from zhengpin.storage.memory import memories
from zhengpin.storage.scope import Scope
from zhengpin.storage.transactions import Transactions
from zhengpin.storage.work import Reader, UnitOfWork
from zhengpin.storage.write_ahead_log import copy_log

__all__ = ["Reader", "Store", "UnitOfWork"]

SCHEMA_PATIENCE = 60.0
"""Seconds that a process waits for another one that changes the schema."""


class Store:
    """A database, SQLite or PostgreSQL, that holds the marketplaces of an installation.

    One unit of work writes at a time: within this process they queue for their turn, between processes on the database.
    Those that come at the same time share a commit. Whoever waits longer than `patience` seconds gets Unavailable.
    """

    def __init__(self, url: str, *, pool_size: int = 8, patience: float = 5.0) -> None:
        """Take `sqlite:///path` or `postgresql+psycopg://…`; InvalidSettings for what can't be opened."""
        self._engine = open_engine(url, pool_size, patience)
        self._patience = patience
        self._memory_of = memories()
        self._transactions = Transactions(self._engine)
        self._for_reading = FROM_ONE_SNAPSHOT[self._engine.dialect.name]
        self._commits = GroupCommit(lambda marketplace: self._writing(marketplace, patience), patience)

    @property
    def address(self) -> str:
        """Where the data lie, as it may be shown: without a password."""
        return self._engine.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self, marketplace: str) -> Generator[Reader]:
        """Read one consistent state, whatever is committed meanwhile."""
        with translated(), self._transactions.open(self._for_reading) as connection:
            yield Reader(Scope(connection, marketplace, self._memory_of(marketplace)))

    @contextmanager
    def begin(self, marketplace: str, items: int = 1) -> Generator[UnitOfWork]:
        """Open a unit of work on so many items: leaving returns once it is committed, an exception takes it back."""
        with translated(), self._commits.unit(marketplace, items) as connection:
            yield UnitOfWork(Scope(connection, marketplace, self._memory_of(marketplace)))

    def migrate(self, revision: str = "head") -> None:
        """Bring the schema up to a revision; data stay."""
        with self._schema_change() as connection:
            migrations.upgrade(connection, revision)

    def downgrade(self, revision: str) -> None:
        """Take the schema back to a revision; "base" drops everything."""
        with self._schema_change() as connection:
            migrations.downgrade(connection, revision)

    def current_revision(self) -> str | None:
        """The revision that the schema is at; `None` in an empty database."""
        with translated(), self._engine.connect() as connection:
            return migrations.current(connection)

    def has_heard_of(self, marketplace: str) -> bool:
        """Whether a marketplace has told of suppliers, listings, prices or orders."""
        told = (tables.suppliers, tables.listings, tables.price_observations, tables.order_events)
        with translated(), self._engine.connect() as connection:
            return any(
                connection.execute(
                    select(table.c.marketplace).where(table.c.marketplace == marketplace).limit(1)
                ).first()
                for table in told
            )

    def marketplaces(self, having: Select[Any]) -> tuple[str, ...]:
        """The marketplaces that have something (`storage.marketplaces`), in their order."""
        with translated(), self._engine.connect() as connection:
            return tuple(connection.execute(having).scalars())

    def copy_log(self) -> None:
        """Copy what was committed from the log into the file, beside those who read and write.

        PostgreSQL does that by itself.
        """
        if self._engine.dialect.name == "sqlite":
            with translated():
                copy_log(self._engine)

    def close(self) -> None:
        """Close every connection; those in use as soon as their transactions end."""
        self._transactions.close()

    @contextmanager
    def _writing(self, marketplace: str, patience: float) -> Generator[Connection]:
        """A transaction that writes to a marketplace, while no other process does."""
        options = for_writing(self._engine.dialect.name, patience)
        with translated(), self._transactions.open(options) as connection:
            lock_marketplace(connection, marketplace, patience)
            yield connection

    @contextmanager
    def _schema_change(self) -> Generator[Connection]:
        """One transaction that changes the schema, while no other does: a replica that starts meanwhile waits."""
        with self._writing("", max(self._patience, SCHEMA_PATIENCE)) as connection:
            yield connection

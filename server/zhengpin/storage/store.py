"""The store: opens a database, brings it to the schema of this version, and hands out units of work."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Connection, select, union

from zhengpin.storage import migrations, supplier_tables, tables, vote_tables
from zhengpin.storage.commits import GroupCommit
from zhengpin.storage.engine import FROM_ONE_SNAPSHOT, for_writing, lock_marketplace, open_engine, translated
from zhengpin.storage.memory import memories
from zhengpin.storage.revisions import Topic
from zhengpin.storage.scope import Scope
from zhengpin.storage.stale_suppliers import Stale
from zhengpin.storage.transactions import Transactions
from zhengpin.storage.work import Reader, UnitOfWork

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

    def marketplaces_with_answers(self) -> tuple[str, ...]:
        """The marketplaces whose requests' answers are kept; housekeeping alone looks over all of them."""
        with translated(), self._engine.connect() as connection:
            named = select(tables.requests.c.marketplace).distinct().order_by(tables.requests.c.marketplace)
            return tuple(connection.execute(named).scalars())

    def marketplaces_with_verdicts(self) -> tuple[str, ...]:
        """The marketplaces that have verdicts; housekeeping alone looks over all of them."""
        with translated(), self._engine.connect() as connection:
            # Each verdict's edition is stored, once: there are few.
            named = select(tables.editions.c.marketplace).distinct().order_by(tables.editions.c.marketplace)
            return tuple(connection.execute(named).scalars())

    def marketplaces_with_votes(self) -> tuple[str, ...]:
        """The marketplaces in which anybody has voted; housekeeping alone looks over all of them."""
        with translated(), self._engine.connect() as connection:
            revised = tables.revisions.c
            named = select(revised.marketplace).where(revised.topic == Topic.VOTES.value).order_by(revised.marketplace)
            return tuple(connection.execute(named).scalars())

    def marketplaces_to_rescreen(self) -> tuple[str, ...]:
        """The marketplaces in which anything changed that listings hang on; housekeeping alone looks over all."""
        with translated(), self._engine.connect() as connection:
            # A row for each kind of change, so there are few.
            reached = vote_tables.rescreening.c
            named = select(reached.marketplace).distinct().order_by(reached.marketplace)
            return tuple(connection.execute(named).scalars())

    def marketplaces_with_profiles(self) -> tuple[str, ...]:
        """The marketplaces that tell of suppliers; housekeeping alone looks over all of them."""
        with translated(), self._engine.connect() as connection:
            profiles = supplier_tables.supplier_profiles.c
            named = select(profiles.marketplace).distinct().order_by(profiles.marketplace)
            return tuple(connection.execute(named).scalars())

    def marketplaces_with_stale_suppliers(self, what: Stale = Stale.SCORE) -> tuple[str, ...]:
        """The marketplaces with suppliers to be scored or linked anew; housekeeping alone looks over all of them."""
        with translated(), self._engine.connect() as connection:
            stale = supplier_tables.stale_suppliers.c
            named = select(stale.marketplace).where(stale.topic == what.value).distinct().order_by(stale.marketplace)
            return tuple(connection.execute(named).scalars())

    def marketplaces_to_link(self) -> tuple[str, ...]:
        """The marketplaces with suppliers to be linked anew, all of them or some; housekeeping alone looks over all."""
        with translated(), self._engine.connect() as connection:
            stale, models = supplier_tables.stale_suppliers.c, supplier_tables.link_models.c
            told = select(stale.marketplace).where(stale.topic == Stale.LINKS.value)
            unfinished = select(models.marketplace).where(models.finished_at.is_(None))
            return tuple(connection.execute(union(told, unfinished).order_by("marketplace")).scalars())

    def marketplaces_with_scores(self) -> tuple[str, ...]:
        """The marketplaces whose suppliers are scored; housekeeping alone looks over all of them."""
        with translated(), self._engine.connect() as connection:
            scores = supplier_tables.supplier_scores.c
            named = select(scores.marketplace).distinct().order_by(scores.marketplace)
            return tuple(connection.execute(named).scalars())

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

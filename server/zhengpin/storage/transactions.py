"""Transactions on connections that are kept open: opening one for each costs more than the rows of a screening.

SQLite forgets the pages that it has read as soon as another connection has written. Therefore readers and writers take
connections from one stack: whoever reads next gets the one that wrote last, and its pages with it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine

KEPT = frozenset({"sqlite"})
"""Databases whose connections can't be cut while nobody uses them; those to others come from SQLAlchemy's pool, which
looks whether they still hold."""


class Transactions:
    """Opens the transactions of a store."""

    def __init__(self, engine: Engine) -> None:
        """Open connections as they are needed."""
        self._engine = engine
        self._keeps = engine.dialect.name in KEPT
        self._idle: deque[Connection] = deque()
        self._closings = 0

    @contextmanager
    def open(self, options: Mapping[str, Any]) -> Generator[Connection]:
        """A transaction with these execution options: leaving commits, an exception rolls back.

        After an exception its connection is not used again.
        """
        closings = self._closings
        connection = self._take().execution_options(**options)
        try:
            with connection.begin():
                yield connection
        except BaseException:
            connection.close()
            raise
        self._give_back(connection, closings)

    def close(self) -> None:
        """Close the connections that nobody uses, and the others as soon as their transactions end."""
        self._closings += 1
        while self._idle:
            self._idle.pop().close()
        self._engine.dispose()

    def _give_back(self, connection: Connection, closings: int) -> None:
        """Keep a connection, or leave it to the pool; one from before a closing belongs to a pool that is gone."""
        outlived = closings != self._closings
        if self._keeps and not outlived:
            self._idle.append(connection)
            return
        if outlived and not self._keeps:
            connection.invalidate()
        connection.close()

    def _take(self) -> Connection:
        try:
            return self._idle.pop()
        except IndexError:
            connection = self._engine.connect()
            if self._keeps:
                connection.detach()  # it is ours alone, and the pool may give out another
            return connection

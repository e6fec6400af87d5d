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

    @contextmanager
    def open(self, options: Mapping[str, Any]) -> Generator[Connection]:
        """A transaction with these execution options: leaving commits, an exception rolls back.

        After an exception its connection is not used again.
        """
        connection = self._take().execution_options(**options)
        try:
            with connection.begin():
                yield connection
        except BaseException:
            connection.close()
            raise
        if self._keeps:
            self._idle.append(connection)
        else:
            connection.close()

    def close(self) -> None:
        """Close the connections that nobody uses."""
        while self._idle:
            self._idle.pop().close()

    def _take(self) -> Connection:
        try:
            return self._idle.pop()
        except IndexError:
            connection = self._engine.connect()
            if self._keeps:
                connection.detach()  # it is ours alone, and the pool may give out another
            return connection

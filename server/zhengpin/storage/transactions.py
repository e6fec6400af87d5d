"""Transactions on connections that are kept open: opening one for each costs more than the rows of a screening."""

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
    """Opens transactions of one kind."""

    def __init__(self, engine: Engine, options: Mapping[str, Any]) -> None:
        """Take the execution options that make the kind."""
        self._engine = engine
        self._options = options
        self._keeps = engine.dialect.name in KEPT
        self._idle: deque[Connection] = deque()

    @contextmanager
    def open(self) -> Generator[Connection]:
        """A transaction: leaving commits, an exception rolls back, and then its connection is not used again."""
        connection = self._take()
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
            connection = self._engine.connect().execution_options(**self._options)
            if self._keeps:
                connection.detach()  # it is ours alone, and the pool may give out another
            return connection

"""Group commit: units of work that come at the same time share one transaction, and so one wait for the disk.

Whoever has the turn works alone on the open transaction, from a savepoint of its own on. Leaving, it hands transaction
and turn over to the next in the queue if there is one, and waits; the last one, or whoever finds the transaction full
or old, commits for all. Nobody gets an answer before the commit. One that fails takes back its own part only.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TypeAlias

from sqlalchemy import Connection

from zhengpin.errors import Unavailable
from zhengpin.storage.engine import translated

MOST_UNITS = 64
"""Units of work in one transaction."""
MOST_SECONDS = 0.02
"""For how long a transaction takes in more units: the first of them waits for the last."""
LARGE = 50
"""Items from which on a unit of work gains nothing by sharing, and would only keep the others waiting."""

Opener: TypeAlias = Callable[[str], AbstractContextManager[Connection]]
"""Opens a transaction that writes to a marketplace: leaving it commits, an exception rolls back."""


class _Group:
    """The units of work of one transaction, all of one marketplace."""

    def __init__(self, marketplace: str, opened: AbstractContextManager[Connection], most_seconds: float) -> None:
        """Begin the transaction."""
        self.marketplace = marketplace
        self._transaction = ExitStack()
        self.connection = self._transaction.enter_context(opened)
        self._closes_at = time.monotonic() + most_seconds
        self._units = 0
        self._failure: str | None = None
        self._ended = threading.Event()

    @property
    def takes_more(self) -> bool:
        """Whether there is room and time for another unit."""
        young = time.monotonic() < self._closes_at
        return young and self._units < MOST_UNITS and not self._ended.is_set()

    @contextmanager
    def unit(self) -> Generator[None]:
        """Do one unit of work; if it fails, the units before it stay."""
        first = self._units == 0
        if not first:
            self._run("SAVEPOINT unit")
        try:
            yield
            if not first:
                self._run("RELEASE SAVEPOINT unit")
        except BaseException as error:
            self.give_up(error) if first else self._take_back()
            raise
        self._units += 1

    def commit(self) -> None:
        """Commit for all; a failure is told to each of them by `wait`."""
        if self._ended.is_set():
            return
        self._failure = "it was interrupted"
        try:
            with translated():
                self._transaction.close()
            self._failure = None
        except Exception as error:  # noqa: BLE001  whatever it is, all who wait must hear of it
            self._failure = str(error)
        finally:
            self._ended.set()

    def give_up(self, error: BaseException) -> None:
        """Roll everything back."""
        self._failure = str(error)
        try:
            self._transaction.__exit__(type(error), error, error.__traceback__)
        finally:
            self._ended.set()

    def wait(self) -> None:
        """Wait for the commit; Unavailable if it failed.

        Then nothing was stored, but where the connection was lost within the commit itself, nobody can tell: a request
        id lets the caller send it again.
        """
        self._ended.wait()
        if self._failure is not None:
            raise Unavailable(f"the store could not commit: {self._failure}")

    def _take_back(self) -> None:
        """Undo one unit; a database that has rolled back everything by itself (a full disk) fails all of them."""
        try:
            self._run("ROLLBACK TO SAVEPOINT unit")
            self._run("RELEASE SAVEPOINT unit")
        except Exception as error:  # noqa: BLE001  the transaction is lost, whatever the reason
            self.give_up(error)

    def _run(self, command: str) -> None:
        """Hand a command to the driver as it is: SQLAlchemy would take ten times as long for each."""
        cursor = self.connection.connection.cursor()
        try:
            cursor.execute(command)
        finally:
            cursor.close()


class _Place:
    """A place in the queue for the turn."""

    __slots__ = ("granted", "large", "turn")

    def __init__(self, *, large: bool) -> None:
        self.large = large
        self.granted = False
        self.turn = threading.Lock()
        self.turn.acquire()


class GroupCommit:
    """Hands out the one turn to write that a process has, in the order of asking."""

    def __init__(self, open_transaction: Opener, patience: float, most_seconds: float = MOST_SECONDS) -> None:
        """Whoever waits for its turn longer than `patience` seconds gets Unavailable."""
        self._open = open_transaction
        self._patience = patience
        self._most_seconds = most_seconds
        self._lock = threading.Lock()
        self._queue: deque[_Place] = deque()
        self._taken = False
        self._group: _Group | None = None

    @contextmanager
    def unit(self, marketplace: str, items: int) -> Generator[Connection]:
        """One unit of work of so many items: leaving returns once it is committed, an exception takes it back."""
        large = items >= LARGE
        self._take_turn(large=large)
        try:
            group = self._group_for(marketplace)
            with group.unit():
                yield group.connection
        finally:
            self._pass_on(alone=large)
        group.wait()

    def _take_turn(self, *, large: bool) -> None:
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            place = _Place(large=large)
            self._queue.append(place)
        if place.turn.acquire(timeout=self._patience):
            return
        with self._lock:
            if not place.granted:  # else it came in the very last moment
                self._queue.remove(place)
                waited = f"a unit of work waited {self._patience:g} s for its turn to write"
                raise Unavailable(f"the store is busy: {waited}")

    def _group_for(self, marketplace: str) -> _Group:
        """The open transaction, or a new one; that of another marketplace is committed first."""
        group = self._group
        if group is not None and group.marketplace == marketplace:
            return group
        self._commit()
        self._group = _Group(marketplace, self._open(marketplace), self._most_seconds)
        return self._group

    def _pass_on(self, *, alone: bool) -> None:
        """Give the turn to the next one: with the open transaction, if they may share it, or after the commit."""
        with self._lock:
            shares = not alone and self._group is not None and self._group.takes_more
            if shares and self._queue and not self._queue[0].large:
                self._grant()
                return
        self._commit()
        with self._lock:
            if self._queue:
                self._grant()
            else:
                self._taken = False

    def _grant(self) -> None:
        place = self._queue.popleft()
        place.granted = True
        place.turn.release()

    def _commit(self) -> None:
        group, self._group = self._group, None
        if group is not None:
            group.commit()

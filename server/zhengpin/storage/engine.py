"""How the two databases are opened, and what their errors mean."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast

import psycopg
from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, exc, make_url, text

from zhengpin.errors import InvalidSettings, Unavailable
from zhengpin.storage.write_ahead_log import COPIED_BY_COMMITS

FROM_ONE_SNAPSHOT: Mapping[str, Mapping[str, Any]] = {
    "sqlite": {"patience": None},  # a transaction reads from one snapshot
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
"""Execution options of a transaction that reads, by dialect."""

LOOK_AGAIN_MILLISECONDS = 1
"""After this long a process looks again whether another one has ended its transaction (SQLite)."""
_PRIMARY_CODE = 0xFF
"""The part of an SQLite error code that its extended codes share."""

CACHE = "cache_size = -16384"
"""16 MB of pages a connection: a batch of 500 listings changes more than SQLite's 2 MB hold, and would be spilled."""

STATEMENTS_KEPT = 512
"""Statements that a connection keeps ready: all that the program has, in the sizes that `writes` uses."""

_BUSY = ("database is locked", "database table is locked", "database is busy", "disk is full", "disk I/O error")
_UNUSABLE = ("unable to open database file", "file is not a database", "readonly database")


def open_engine(url: str, pool_size: int, patience: float) -> Engine:
    """An engine; the database is only contacted when it is first used. InvalidSettings for a senseless URL."""
    try:
        parsed = make_url(url)
    except exc.ArgumentError:
        raise InvalidSettings("the database URL can't be read: use sqlite:///path or postgresql+psycopg://…") from None
    match parsed.drivername:
        case "sqlite" | "sqlite+pysqlite":
            return _open_sqlite(parsed, pool_size, patience)
        case "postgresql+psycopg":
            return _open_postgres(parsed, pool_size, patience)
    raise InvalidSettings(
        f"the database can't be {parsed.drivername}: use sqlite:///path or postgresql+psycopg://user@host/name"
    )


def has_no_file(url: str) -> bool:
    """Whether the URL names an SQLite file that isn't there; to open it would make an empty one."""
    try:
        parsed = make_url(url)
    except exc.ArgumentError:
        return False  # `open_engine` says what is wrong
    return parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists()


def for_writing(dialect: str, patience: float) -> Mapping[str, Any]:
    """Execution options of a transaction that writes and waits `patience` seconds for other processes."""
    # In PostgreSQL the lock on the marketplace orders the writers; each must see what the one before it committed.
    return {"patience": patience} if dialect == "sqlite" else {"isolation_level": "READ COMMITTED"}


def lock_marketplace(connection: Connection, marketplace: str, patience: float) -> None:
    """Wait until no other process writes to the marketplace; held until the transaction ends.

    SQLite's `BEGIN IMMEDIATE` has done it already. Since commits of one marketplace follow one another, so do the
    numbers of its verdicts, without a gap that is filled later.
    """
    if connection.dialect.name != "postgresql":
        return
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, round(patience * 1000))}")
    key = int.from_bytes(blake2b(marketplace.encode(), digest_size=8).digest(), signed=True)
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


@contextmanager
def translated() -> Generator[None]:
    """Turn what a busy or absent database raises into Unavailable, and one that can't be used into InvalidSettings."""
    try:
        yield
    except exc.TimeoutError as error:
        raise Unavailable("the store is busy: no connection became free in time") from error
    except (exc.DBAPIError, sqlite3.Error, psycopg.Error) as error:  # some statements go to the driver as they are
        meaning = _meaning(error.orig if isinstance(error, exc.DBAPIError) else error)
        if meaning is None:
            raise
        raise meaning from error


def _meaning(cause: BaseException | None) -> Exception | None:
    """What a driver's complaint says of the database; `None` where the program is to blame."""
    said = str(cause).strip()
    if isinstance(cause, sqlite3.Error) and any(sign in said for sign in _UNUSABLE):
        return InvalidSettings(f"the database can't be used: {said}: check its path and who may write there")
    if isinstance(cause, sqlite3.Error) and any(sign in said for sign in _BUSY):
        return Unavailable(f"the store is busy: {said}")
    if isinstance(cause, psycopg.OperationalError):
        return Unavailable(f"the store is away or busy: {said}")
    return None


def _open_sqlite(url: URL, pool_size: int, patience: float) -> Engine:
    if not url.database or url.database == ":memory:":
        raise InvalidSettings("the database URL names no file: use sqlite:///path")
    path = Path(url.database)
    if not path.parent.is_dir():
        raise InvalidSettings(f"the database {path} can't be opened: there is no folder {path.parent}; make it first")
    if path.is_dir():
        raise InvalidSettings(f"the database {path} can't be opened: it is a folder; name a file")
    # Without an isolation level Python leaves BEGIN to us; it would begin a writer's transaction too late.
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=1,
        pool_timeout=patience,
        connect_args={"isolation_level": None, "timeout": patience, "cached_statements": STATEMENTS_KEPT},
    )
    event.listen(engine, "do_connect", partial(_connect_sqlite, path))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _connect_sqlite(
    path: Path, dialect: Dialect, _record: object, arguments: Sequence[Any], options: Mapping[str, Any]
) -> sqlite3.Connection:
    """Open a file, and name it if it can't be used: SQLite's own errors do not."""
    try:
        connection = cast("sqlite3.Connection", dialect.connect(*arguments, **options))
        _prepare_sqlite(connection)
    except sqlite3.Error as error:
        if any(sign in str(error) for sign in _UNUSABLE):
            remedy = "let this user write to it and to its folder, or name another file"
            raise InvalidSettings(f"the database {path.absolute()} can't be used: {error}: {remedy}") from error
        raise
    return connection


def _prepare_sqlite(connection: sqlite3.Connection) -> None:
    """Readers beside one writer (WAL); what was committed outlives a power cut (FULL)."""
    durable = ("journal_mode = WAL", "synchronous = FULL", COPIED_BY_COMMITS)
    for setting in (*durable, "foreign_keys = ON", "temp_store = MEMORY", CACHE):
        connection.execute(f"PRAGMA {setting}").close()
    # Until here it waits for a process that puts a file in order after a crash; who may write is asked for often.
    connection.execute(f"PRAGMA busy_timeout = {LOOK_AGAIN_MILLISECONDS}").close()


def _begin_sqlite(connection: Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    patience = connection.get_execution_options().get("patience")
    if patience is None:
        driver.execute("BEGIN").close()
    else:
        _begin_writing(driver, patience)


def _begin_writing(connection: sqlite3.Connection, patience: float) -> None:
    """Begin to write, once no other process does, or give up after `patience` seconds.

    SQLite itself would look again after ever longer pauses, up to 100 ms, and whoever looks rarely seldom gets a turn.
    """
    last = time.monotonic() + patience
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY_CODE != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                raise
        else:
            return


def _open_postgres(url: URL, pool_size: int, patience: float) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=1,
        pool_timeout=patience,
        pool_pre_ping=True,
        connect_args={"connect_timeout": max(2, round(patience))},
    )
    event.listen(engine, "connect", _prepare_postgres)
    return engine


def _prepare_postgres(connection: psycopg.Connection[Any], _record: object) -> None:
    connection.prepared_max = STATEMENTS_KEPT

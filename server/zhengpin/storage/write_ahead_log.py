"""SQLite's write-ahead log: what is committed goes there first, and is copied from there into the file.

Left to itself, SQLite copies within every commit that finds a thousand pages in the log, and its caller waits; thirty
screenings write nearly as many. So they are copied beside the commits, and by one of them only where that falls behind.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine

COPIED_BY_COMMITS = "wal_autocheckpoint = 20000"
"""The log's length in pages from which on a commit copies it: 80 MB, which a server that was killed reads as it starts
again."""
COPIED_AT_ALL = 4 << 20
"""The log's length in bytes from which on it is worth copying: pages that change again and again are copied once."""


def copy_log(engine: Engine) -> None:
    """Copy the log into the file as far as no reader needs the older state; where another process does, let it."""
    log = Path(f"{engine.url.database}-wal")
    if not log.exists() or log.stat().st_size < COPIED_AT_ALL:
        return
    with engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        driver.execute("PRAGMA wal_checkpoint(PASSIVE)").close()

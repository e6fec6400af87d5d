"""Where a job works that somebody starts by hand: a database that is there, and marketplaces that it has heard of."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager

from zhengpin.errors import InvalidSettings
from zhengpin.settings import Settings
from zhengpin.storage.engine import has_no_file
from zhengpin.storage.store import Store


@contextmanager
def stored_marketplaces(database: str | None, marketplaces: Sequence[str]) -> Generator[Store]:
    """Open the database, by default that of the settings, at the schema of this version.

    Raises `InvalidSettings` for a file that isn't there and for a marketplace of which nothing is stored: a mistyped
    name would else be a job well done.
    """
    settings = Settings() if database is None else Settings(database=database)
    if has_no_file(settings.database):
        raise InvalidSettings(f"database: {settings.database} is not there: name that of the server with --database")
    store = Store(settings.database)
    try:
        store.migrate()
        unheard = [name for name in marketplaces if not store.has_heard_of(name)]
        if unheard:
            raise InvalidSettings(
                f"marketplace: nothing is stored of {', '.join(unheard)} in {settings.database}: correct --marketplace "
                "or --database"
            )
        yield store
    finally:
        store.close()

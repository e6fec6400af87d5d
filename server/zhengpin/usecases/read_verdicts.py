"""Read verdicts: one, a page, or the new ones as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from zhengpin.domain.verdict import Verdict
from zhengpin.domain.verdict_filter import VerdictFilter, VerdictPage
from zhengpin.storage.store import Store

WATCH_PAGE = 200


class ReadVerdicts:
    """The verdicts of one installation."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, marketplace: str, verdict_id: str, *, explain: bool = False) -> Verdict:
        """One verdict, with every signal and rule behind it if `explain`; raises `NotFound`."""
        with self._store.read(marketplace) as reader:
            return reader.verdicts.get(verdict_id, with_explanation=explain)

    def page(self, marketplace: str, wanted: VerdictFilter, page_size: int, page_token: str) -> VerdictPage:
        """A page, the newest first."""
        with self._store.read(marketplace) as reader:
            return reader.verdicts.list(wanted, page_size, page_token)

    def watch(
        self, marketplace: str, cursor: int | None, wanted: VerdictFilter, wait: Callable[[], bool]
    ) -> Iterator[tuple[tuple[Verdict, ...], int]]:
        """Pages of new verdicts with the cursor behind each, in the order of their commits.

        `cursor` is where to go on, `None` from now on. `wait` pauses between looks; false ends the watch. The first
        page may be empty: it tells a new watcher its cursor.
        """
        if cursor is None:
            with self._store.read(marketplace) as reader:
                cursor = reader.verdicts.last_cursor()
            yield (), cursor
        while True:
            with self._store.read(marketplace) as reader:
                verdicts, reached = reader.verdicts.after(cursor, wanted, WATCH_PAGE)
            if verdicts:
                yield verdicts, reached
            if reached == cursor and not wait():
                return
            cursor = reached

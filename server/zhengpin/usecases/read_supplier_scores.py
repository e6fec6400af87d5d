"""Read how good suppliers are: one, many, the ranking, or scores as they change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from zhengpin.domain.scored_supplier import ScoreChange, ScoreChangeFilter, ScoredSupplier, ScoreFilter
from zhengpin.domain.supplier_score import PriorTable, SupplierScore
from zhengpin.errors import NotFound
from zhengpin.storage.store import Store
from zhengpin.storage.work import Reader
from zhengpin.suppliers.score.score import explain_score
from zhengpin.usecases.supplier_evidence import NEVER_FITTED, read_evidence, scored

WATCH_PAGE: Final = 500
TREND: Final = 90
"""Changes that are told with a score."""
MOST_TABLES: Final = 64
"""Prior tables that are kept in memory."""


@dataclass(frozen=True, slots=True)
class ScorePage:
    """A page of the ranking."""

    scores: tuple[SupplierScore, ...]
    next_page_token: str = ""
    """Empty on the last page."""


class ReadSupplierScores:
    """Scores as they were last made. The same row and prior table always give the same answer."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._tables: dict[tuple[str, str], PriorTable] = {}
        """By marketplace and version; a table never changes."""

    def get(self, marketplace: str, supplier_id: str) -> SupplierScore:
        """One score; NotFound for a supplier that is not stored."""
        with self._store.read(marketplace) as reader:
            found = self._read(marketplace, reader, (supplier_id,))
        if supplier_id not in found:
            raise NotFound("supplier", supplier_id)
        return found[supplier_id]

    def get_many(self, marketplace: str, supplier_ids: Collection[str]) -> dict[str, SupplierScore]:
        """The scores of those of the suppliers that are stored, by id."""
        with self._store.read(marketplace) as reader:
            return self._read(marketplace, reader, supplier_ids)

    def trend(self, marketplace: str, supplier_id: str) -> list[ScoreChange]:
        """The latest changes of a supplier's score, the oldest first."""
        with self._store.read(marketplace) as reader:
            return reader.supplier_scores.trend(supplier_id, TREND)

    def page(self, marketplace: str, wanted: ScoreFilter, page_size: int, page_token: str) -> ScorePage:
        """A page of the ranking, the best first."""
        with self._store.read(marketplace) as reader:
            page = reader.supplier_scores.ranking(wanted, page_size, page_token)
            return ScorePage(
                tuple(self._score(marketplace, reader, each) for each in page.suppliers), page.next_page_token
            )

    def watch(
        self, marketplace: str, cursor: int | None, wanted: ScoreChangeFilter, wait: Callable[[], bool]
    ) -> Iterator[tuple[tuple[ScoreChange, ...], int]]:
        """Pages of changes with the cursor behind each, in the order of their commits.

        `cursor` is where to go on, `None` from now on. `wait` pauses between looks; false ends the watch. The first
        page may be empty: it tells a new watcher its cursor.
        """
        if cursor is None:
            with self._store.read(marketplace) as reader:
                cursor = reader.supplier_scores.last_cursor()
            yield (), cursor
        while True:
            with self._store.read(marketplace) as reader:
                changes, reached = reader.supplier_scores.changes_after(cursor, wanted, WATCH_PAGE)
            if changes:
                yield changes, reached
            if reached == cursor and not wait():
                return
            cursor = reached

    def _read(self, marketplace: str, reader: Reader, supplier_ids: Collection[str]) -> dict[str, SupplierScore]:
        """Scores by supplier. Who is stored and was never scored is scored here and now."""
        found = reader.supplier_scores.find_many(supplier_ids)
        others = [each for each in supplier_ids if each not in found]
        if others:
            now = self._clock()
            table = (reader.score_priors.latest() or NEVER_FITTED).table
            evidence = read_evidence(reader, reader.suppliers.without_shops(others).keys(), table, now)
            found |= {each: scored(each, known, table, now) for each, known in evidence.items()}
        return {each: self._score(marketplace, reader, stored) for each, stored in found.items()}

    def _score(self, marketplace: str, reader: Reader, stored: ScoredSupplier) -> SupplierScore:
        evidence = stored.evidence
        return explain_score(
            stored.supplier_id,
            evidence.sums,
            evidence.blemishes,
            self.table(marketplace, reader, stored.priors),
            stored.stands,
            category=evidence.category,
            now=stored.scored_at,
        )

    def table(self, marketplace: str, reader: Reader, version: str) -> PriorTable:
        """What scores of a version were made with."""
        if version == NEVER_FITTED.table.version:
            return NEVER_FITTED.table
        key = marketplace, version
        if key not in self._tables:
            if len(self._tables) >= MOST_TABLES:
                self._tables.clear()
            self._tables[key] = reader.score_priors.get(version)
        return self._tables[key]

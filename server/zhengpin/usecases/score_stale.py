"""Score suppliers anew of whom more is known than their score says: the outbox of evidence is worked off.

Evidence is read and scored beside live calls; what is written is one short commit. There a supplier is left out whose
score another process has written meanwhile, and is to be scored once more; so is one that was not stored then, and is
now. So nothing is lost and nothing older replaces what is newer, wherever a process is killed and however many of them
are at it. A supplier whose record can't be scored costs nobody but itself: it stays stale, is told in the log, and is
tried again once more is told of it or a process starts anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from zhengpin.domain.scored_supplier import ScoredSupplier
from zhengpin.errors import ZhengpinError
from zhengpin.storage.marketplaces import TO_SCORE
from zhengpin.storage.store import Store
from zhengpin.usecases.supplier_evidence import NEVER_FITTED, read_evidence, scored, with_affected

PAGE: Final = 100
"""Suppliers whose evidence is read together."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class StalePage:
    """Suppliers as they were read."""

    marks: Mapping[str, int]
    """Of those that were stale."""
    before: Mapping[str, ScoredSupplier]
    """Their scores, as they stood, and those of whom they make stand otherwise."""
    fresh: Sequence[ScoredSupplier]
    """The same as they stand now."""


class ScoreStale:
    """Work off the outbox of every marketplace."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._failed: dict[tuple[str, str], int] = {}
        """With how many marks suppliers could not be scored, by marketplace and id."""

    def __call__(self) -> Iterator[int]:
        """Score page by page what is due; tell after each how many suppliers were scored."""
        for marketplace in self._store.marketplaces(TO_SCORE):
            yield from self.of(marketplace)

    def of(self, marketplace: str) -> Iterator[int]:
        """Do so in one marketplace, once through all who are stale."""
        behind = ""
        while stale := self.stale_behind(marketplace, behind):
            yield self._score(marketplace, stale)
            behind = max(stale)

    def stale_behind(self, marketplace: str, supplier_id: str) -> dict[str, int]:
        """The marks of the next stale suppliers behind one; empty if there are none."""
        with self._store.read(marketplace) as reader:
            return reader.stale_suppliers.behind(supplier_id, PAGE)

    def read_page(self, marketplace: str, stale: Mapping[str, int]) -> StalePage:
        """Read and score suppliers with such marks, and whom they make stand otherwise. Nothing is written."""
        now = self._clock()
        with self._store.read(marketplace) as reader:
            known = reader.suppliers.without_shops(with_affected(reader, stale.keys())).keys()
            before = reader.supplier_scores.find_many(known)
            table = (reader.score_priors.latest() or NEVER_FITTED).table
            evidence = read_evidence(reader, known, table, now)
        return StalePage(stale, before, [scored(each, evidence[each], table, now) for each in sorted(known)])

    def write_page(self, marketplace: str, page: StalePage) -> int:
        """Store how suppliers stand, and tell how many do; who was scored meanwhile is left out, and stays stale."""
        with self._store.begin(marketplace, len(page.fresh)) as unit:
            by_now = unit.supplier_scores.find_many([each.supplier_id for each in page.fresh])
            done = [each for each in page.fresh if by_now.get(each.supplier_id) == page.before.get(each.supplier_id)]
            overtaken = {each.supplier_id for each in page.fresh} - {each.supplier_id for each in done}
            unit.supplier_scores.put_many(done)
            stored_since = unit.suppliers.without_shops(page.marks.keys() - {each.supplier_id for each in page.fresh})
            left = overtaken | stored_since.keys()
            unit.stale_suppliers.clear({each: marks for each, marks in page.marks.items() if each not in left})
            unit.stale_suppliers.mark(overtaken)
        return len(done)

    def _score(self, marketplace: str, stale: Mapping[str, int]) -> int:
        """Score a page; where that fails each supplier by itself, so that one of them costs no others."""
        tried = {each: marks for each, marks in stale.items() if self._failed.get((marketplace, each)) != marks}
        if not tried:
            return 0
        try:
            return self.write_page(marketplace, self.read_page(marketplace, tried))
        except ZhengpinError:  # of the store, not of what it holds
            raise
        except Exception:
            if len(tried) > 1:
                return sum(self._score(marketplace, {each: marks}) for each, marks in tried.items())
            ((supplier_id, marks),) = tried.items()
            self._failed[marketplace, supplier_id] = marks
            log.exception("supplier not scored", marketplace=marketplace, supplier_id=supplier_id)
            return 0

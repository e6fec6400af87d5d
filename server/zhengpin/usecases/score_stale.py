"""Score suppliers anew of whom more is known than their score says: the outbox of evidence is worked off.

Evidence is read and scored beside live calls; what is written is one short commit. There a supplier is left out whose
score another process has written meanwhile, and stays stale if anything was told of it since; so does one that was not
stored then, and is now. So nothing is lost and nothing older replaces what is newer, wherever a process is killed and
however many of them are at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from zhengpin.domain.scored_supplier import ScoredSupplier
from zhengpin.storage.marketplaces import TO_SCORE
from zhengpin.storage.store import Store
from zhengpin.usecases.supplier_evidence import NEVER_FITTED, read_evidence, scored, with_successors

PAGE: Final = 100
"""Suppliers whose evidence is read together."""


@dataclass(frozen=True, slots=True)
class StalePage:
    """Suppliers as they were read."""

    marks: Mapping[str, int]
    """Of those that were stale."""
    before: Mapping[str, ScoredSupplier]
    """Their scores, as they stood, and those of who goes on for them."""
    fresh: Sequence[ScoredSupplier]
    """The same as they stand now."""

    @property
    def last(self) -> str:
        """The last of those that were stale."""
        return max(self.marks)


class ScoreStale:
    """Work off the outbox of every marketplace."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def __call__(self) -> Iterator[int]:
        """Score page by page what is due; tell after each how many suppliers were scored."""
        for marketplace in self._store.marketplaces(TO_SCORE):
            yield from self.of(marketplace)

    def of(self, marketplace: str) -> Iterator[int]:
        """Do so in one marketplace, once through all who are stale."""
        behind = ""
        while (page := self.read_page(marketplace, behind)) is not None:
            yield self.write_page(marketplace, page)
            behind = page.last

    def read_page(self, marketplace: str, behind: str) -> StalePage | None:
        """Read and score the next stale suppliers behind one; `None` if there are none. Nothing is written."""
        now = self._clock()
        with self._store.read(marketplace) as reader:
            stale = reader.stale_suppliers.behind(behind, PAGE)
            if not stale:
                return None
            known = reader.suppliers.without_shops(with_successors(reader, stale.keys())).keys()
            before = reader.supplier_scores.find_many(known)
            table = (reader.score_priors.latest() or NEVER_FITTED).table
            evidence = read_evidence(reader, known, now)
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
        return len(done)

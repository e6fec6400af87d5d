"""Make what is kept up to date as facts come in anew from the recorded facts, and tell what differed."""

from __future__ import annotations

from collections.abc import Callable

from zhengpin.storage.commits import LARGE
from zhengpin.storage.correction import Differences
from zhengpin.storage.recount import Advance, Recount
from zhengpin.storage.store import Store

STEPS: tuple[Callable[[Recount], Differences], ...] = (
    Recount.order_lines,
    Recount.order_days,
    Recount.buyer_days,
    Recount.listing_sales,
    Recount.fake_allegations,
    Recount.baselines,
    Recount.prices_before,
)
"""Each is made of recorded facts, or of what a step before it has put right."""


class RebuildSummaries:
    """Recompute a marketplace's summaries table by table: whoever writes meanwhile waits for the end of a table."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, marketplace: str, advance: Advance) -> tuple[Differences, ...]:
        """Correct every table, each in one commit, and give what differed. Memory holds a page of rows."""
        return tuple(self._step(step, marketplace, advance) for step in STEPS)

    def _step(self, step: Callable[[Recount], Differences], marketplace: str, advance: Advance) -> Differences:
        with self._store.begin(marketplace, LARGE) as unit, self._store.read(marketplace) as before:
            return step(unit.recount(before, advance))

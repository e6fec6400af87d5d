"""Find which keys name the same product, so that their prices make one baseline."""

from __future__ import annotations

from collections.abc import Callable

from zhengpin.storage.commits import LARGE
from zhengpin.storage.correction import Differences
from zhengpin.storage.recount import Advance
from zhengpin.storage.store import Store


class MatchProducts:
    """Match the products of a marketplace anew, in one commit: killed on the way, it has changed nothing.

    Nobody waits while the listings are read, only while what differs is corrected. What is told in between counts the
    next time; of two that match at once, the one that ends last holds. To match again puts either right.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, marketplace: str, begin: Callable[[int], None], advance: Advance) -> Differences:
        """Join what belongs together, part what no longer does, and give what differed.

        `begin` is told how many listings there are, `advance` how many were read.
        """
        with self._store.read(marketplace) as before:
            begin(before.joined_products.listings())
            joined = before.joined_products.found(advance)
        with self._store.begin(marketplace, LARGE) as unit:
            return unit.joined_products.become(joined)

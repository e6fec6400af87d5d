"""Find which keys name the same product, so that their prices make one baseline."""

from __future__ import annotations

from collections.abc import Callable

from zhengpin.storage.commits import LARGE
from zhengpin.storage.correction import Differences
from zhengpin.storage.recount import Advance
from zhengpin.storage.store import Store


class MatchProducts:
    """Match the products of a marketplace anew, in one commit: killed on the way, it has changed nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, marketplace: str, begin: Callable[[int], None], advance: Advance) -> Differences:
        """Join what belongs together, part what no longer does, and give what differed.

        `begin` is told how many listings there are, `advance` how many were read.
        """
        with self._store.begin(marketplace, LARGE) as unit, self._store.read(marketplace) as before:
            products = unit.joined_products(before)
            begin(products.listings())
            return products.renew(advance)

"""Link suppliers: those of whom something new was told, or all of them, where the marketplace has outgrown its model.

What is read and weighed lies beside live calls; what is written is one commit a page, which takes the page's marks
where nobody has added one since, and says how far all of them are linked. So whoever is killed loses one page, and what
comes of pages in any order is what one run over all suppliers says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Final

from zhengpin.domain.link_model import LinkingState
from zhengpin.storage.store import Store
from zhengpin.usecases.learn_links import learn_links, reckoned
from zhengpin.usecases.relink import relink
from zhengpin.usecases.ring_standings import entities_of

PAGE: Final = 100
"""Suppliers that are linked together."""


class LinkSuppliers:
    """Keep the links of every marketplace up to date."""

    def __init__(self, store: Store, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        """`new_id` names rings and models; its ids must be in the order of their making."""
        self._store = store
        self._clock = clock
        self._new_id = new_id

    def __call__(self) -> Iterator[int]:
        """Link page by page what is due; tell after each how many suppliers were linked."""
        for marketplace in self._store.marketplaces_to_link():
            yield from self.of(marketplace)

    def of(self, marketplace: str) -> Iterator[int]:
        """Do so in one marketplace: all suppliers if that was never finished, then those of whom more was told."""
        with self._store.read(marketplace) as reader:
            state, suppliers = reader.link_models.state(), reader.link_models.suppliers()
        if not state.version or reckoned(suppliers) > state.suppliers:
            self._learn(marketplace)
        yield from self._all(marketplace)
        yield from self._stale(marketplace)

    def anew(self, marketplace: str) -> Iterator[int]:
        """Learn from all suppliers of a marketplace, and link all of them."""
        self._learn(marketplace)
        yield from self.of(marketplace)

    def _learn(self, marketplace: str) -> None:
        model = learn_links(self._store, marketplace, self._new_id())
        with self._store.begin(marketplace) as unit:
            unit.link_models.add(model)

    def _all(self, marketplace: str) -> Iterator[int]:
        """Link everybody behind whoever was reached, until all are."""
        while True:
            with self._store.read(marketplace) as reader:
                state = reader.link_models.state()
                page = reader.link_models.everybody(state.reached, PAGE)
            if state.finished_at is not None:
                return
            finished_at = None if page else self._clock()
            if self._link(marketplace, state, page, page[-1] if page else state.reached, finished_at, anew=True):
                yield len(page)

    def _stale(self, marketplace: str) -> Iterator[int]:
        """Link those of whom more was told, once through all of them."""
        reached = ""
        while True:
            with self._store.read(marketplace) as reader:
                state = reader.link_models.state()
                page = list(reader.unlinked_suppliers.behind(reached, PAGE))
            if not page:
                return
            if self._link(marketplace, state, page, state.reached, state.finished_at, anew=False):
                reached = page[-1]
                yield len(page)

    def _link(
        self,
        marketplace: str,
        state: LinkingState,
        page: Collection[str],
        reached: str,
        finished_at: datetime | None,
        *,
        anew: bool,
    ) -> bool:
        """Link a page; tell whether it was written, which it is not where another process has written edges since."""
        with self._store.read(marketplace) as reader:
            marks = reader.unlinked_suppliers.marks_of(page)
            relinked = relink(reader, reader.link_models.get(state.version), page, self._new_id, anew=anew)
            before = entities_of(reader, relinked.touched)
        with self._store.begin(marketplace, len(page) + len(relinked.edges)) as unit:
            if unit.link_models.state() != state:
                return False
            relinked.write(unit)
            after = entities_of(unit, relinked.touched)
            changed = [before[each] | after[each] for each in relinked.touched if before[each] != after[each]]
            unit.stale_profiles.mark(frozenset[str]().union(*changed))
            unit.unlinked_suppliers.clear(marks)
            unit.link_models.move_to(state.version, reached, finished_at)
        return True

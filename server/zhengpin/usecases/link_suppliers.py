"""Link suppliers: those of whom something new was told, or all of them, where the marketplace has outgrown its model.

What is read and weighed lies beside live calls; what is written is one commit a page, which takes the page's marks
where nobody has added one since, and says how far all of them are linked. So whoever is killed loses one page, and what
comes of pages in any order is what one run over all suppliers says. All are linked in two passes: what they share by
now is stored first, so that each pair is weighed but once, by all who share its values. Whoever is killed in the first
pass begins it again, and writes nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeAlias

from zhengpin.domain.link_model import LinkingState, LinkModel
from zhengpin.storage.marketplaces import TO_LINK
from zhengpin.storage.store import Store
from zhengpin.storage.work import Reader
from zhengpin.usecases.learn_links import learn_links, reckoned
from zhengpin.usecases.relink import Relinked, changed_traits, link_anew, relink
from zhengpin.usecases.ring_standings import entities_of
from zhengpin.usecases.weigh_links import Traits

PAGE: Final = 100
"""Suppliers of whom more was told that are linked together."""
PAGE_OF_ALL: Final = 1000
"""Suppliers that are linked together where all are."""
_Linking: TypeAlias = Callable[[Reader, LinkModel, Collection[str], Callable[[], str]], Relinked]


class LinkSuppliers:
    """Keep the links of every marketplace up to date."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        read: Callable[[int], object] = lambda _: None,
    ) -> None:
        """`new_id` names rings and models; its ids must be in the order of their making.

        `read` hears of how many more it is known what they share, before all are linked.
        """
        self._store = store
        self._clock = clock
        self._new_id = new_id
        self._read = read

    def __call__(self) -> Iterator[int]:
        """Link page by page what is due; tell after each how many suppliers were linked."""
        for marketplace in self._store.marketplaces(TO_LINK):
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
        self._renew_traits(marketplace)
        while True:
            with self._store.read(marketplace) as reader:
                state = reader.link_models.state()
                page = reader.link_models.everybody(state.reached, PAGE_OF_ALL)
            if state.finished_at is not None:
                return
            finished_at = None if page else self._clock()
            reached = replace(state, reached=page[-1] if page else state.reached, finished_at=finished_at)
            if self._link(marketplace, state, page, reached, link_anew):
                yield len(page)

    def _renew_traits(self, marketplace: str) -> None:
        """Store what everybody shares by now, unless somebody is linked anew with the latest model already."""
        behind = ""
        while True:
            with self._store.read(marketplace) as reader:
                state = reader.link_models.state()
                page = reader.link_models.everybody(behind, PAGE_OF_ALL)
                if state.reached or state.finished_at is not None or not page:
                    return
                marks = reader.unlinked_suppliers.marks_of(page)
                changed = changed_traits(reader, page)
            if self._store_traits(marketplace, state, changed, marks):
                behind = page[-1]
                self._read(len(page))

    def _store_traits(self, marketplace: str, state: LinkingState, changed: Traits, marks: Mapping[str, int]) -> bool:
        """Write traits that have changed; tell whether nobody else has written since they were read."""
        if not changed and not marks:
            return True
        with self._store.begin(marketplace, len(changed)) as unit:
            if unit.link_models.state() != state:
                return False
            unit.supplier_traits.put(changed)
            unit.unlinked_suppliers.clear(marks)
            unit.link_models.move_to(state.version, state.reached, state.finished_at)
        return True

    def _stale(self, marketplace: str) -> Iterator[int]:
        """Link those of whom more was told, once through all of them."""
        reached = ""
        while True:
            with self._store.read(marketplace) as reader:
                state = reader.link_models.state()
                page = list(reader.unlinked_suppliers.behind(reached, PAGE))
            if not page:
                return
            if self._link(marketplace, state, page, state, relink):
                reached = page[-1]
                yield len(page)

    def _link(
        self, marketplace: str, state: LinkingState, page: Collection[str], after: LinkingState, linking: _Linking
    ) -> bool:
        """Link a page; tell whether it was written, which it is not where another process has written edges since.

        Marks are cleared of those only whose facts were read: where all are linked, none were.
        """
        with self._store.read(marketplace) as reader:
            marks = reader.unlinked_suppliers.marks_of(page) if linking is relink else {}
            relinked = linking(reader, reader.link_models.get(state.version), page, self._new_id)
            before = entities_of(reader, relinked.touched)
        with self._store.begin(marketplace, len(page) + len(relinked.edges)) as unit:
            if unit.link_models.state() != state:
                return False
            relinked.write(unit)
            by_now = entities_of(unit, relinked.touched)
            changed = [before[each] | by_now[each] for each in relinked.touched if before[each] != by_now[each]]
            unit.stale_profiles.mark(frozenset[str]().union(*changed))
            unit.unlinked_suppliers.clear(marks)
            unit.link_models.move_to(state.version, after.reached, after.finished_at)
        return True

"""Keep the links of suppliers up to date, in every marketplace where something is to be linked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from zhengpin.storage.marketplaces import TO_LINK
from zhengpin.storage.store import Store

if TYPE_CHECKING:
    from zhengpin.usecases.link_suppliers import LinkSuppliers


class KeepLinks:
    """Link whoever is to be linked."""

    def __init__(self, store: Store, open_job: Callable[[], LinkSuppliers]) -> None:
        """Open the job when there is somebody to link: what it needs takes long to import."""
        self._store = store
        self._open_job = open_job

    def __call__(self) -> Iterator[int]:
        """Link page by page; tell after each how many suppliers were linked."""
        for marketplace in self._store.marketplaces(TO_LINK):
            yield from self._open_job().of(marketplace)

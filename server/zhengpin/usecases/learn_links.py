"""What is learned of all suppliers of a marketplace at once, for their links to be weighed by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from zhengpin.domain.link_model import LinkModel, TextWeights
from zhengpin.storage.store import Store
from zhengpin.suppliers.rings.particulars import Particulars, pairs_to_compare, table_of
from zhengpin.suppliers.rings.text_model import learn_text_model
from zhengpin.usecases.supplier_traits import particulars_of

LEAST_SUPPLIERS: Final = 1024
"""A smaller marketplace is reckoned with as if it had so many: an account that two of ten share is no common one."""
LEAST_NAMES: Final = 200
"""Of fewer suppliers nobody can tell how alike the names and addresses of strangers are."""
_PAGE: Final = 1000


def learn_links(store: Store, marketplace: str, version: str) -> LinkModel:
    """Learn how many suppliers there are, and what it says that names and addresses agree; reads every supplier."""
    with store.read(marketplace) as reader:
        suppliers = reckoned(reader.link_models.suppliers())
    named = [each for each in _everybody(store, marketplace) if each.name or each.address]
    return LinkModel(version, suppliers, _texts(named) if len(named) >= LEAST_NAMES else None)


def reckoned(suppliers: int) -> int:
    """How many suppliers to reckon with: the next power of two, for all links change with it."""
    return max(LEAST_SUPPLIERS, 1 << (suppliers - 1).bit_length())


def _texts(named: list[Particulars]) -> TextWeights | None:
    """`None` where no two look alike at all."""
    table = table_of(named)
    one, other = pairs_to_compare(table)
    if not len(one):
        return None
    return learn_text_model(table, one, other, len(named) * (len(named) - 1) // 2).weights()


def _everybody(store: Store, marketplace: str) -> Iterator[Particulars]:
    reached = ""
    while True:
        with store.read(marketplace) as reader:
            page = reader.link_models.everybody(reached, _PAGE)
            stored = reader.suppliers.without_shops(page)
        if not page:
            return
        yield from map(particulars_of, stored.values())
        reached = page[-1]

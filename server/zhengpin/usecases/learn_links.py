"""What is learned of all suppliers of a marketplace at once, for their links to be weighed by."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

from zhengpin.domain.link_model import LinkModel, TextWeights
from zhengpin.storage.store import Store
from zhengpin.suppliers.rings.particulars import Particulars, pairs_to_compare, table_of
from zhengpin.suppliers.rings.text_model import TextCounts, learn_text_model
from zhengpin.usecases.supplier_traits import particulars_of

LEAST_SUPPLIERS: Final = 1024
"""A smaller marketplace is reckoned with as if it had so many: an account that two of ten share is no common one."""
LEAST_NAMES: Final = 200
"""Of fewer suppliers nobody can tell how alike the names and addresses of strangers are."""
MOST_LEARNED_FROM: Final = 20_000
"""Suppliers drawn at random: the pairs that look alike grow faster than those who bear the names."""
_PAGE: Final = 1000
_SEED: Final = 1969


def learn_links(store: Store, marketplace: str, version: str) -> LinkModel:
    """Learn how many suppliers there are, and what it says that names and addresses agree; reads every supplier."""
    with store.read(marketplace) as reader:
        suppliers = reckoned(reader.link_models.suppliers())
    return LinkModel(version, suppliers, _texts(_everybody(store, marketplace)))


def reckoned(suppliers: int) -> int:
    """How many suppliers to reckon with: the next power of two, for all links change with it."""
    return max(LEAST_SUPPLIERS, 1 << (suppliers - 1).bit_length())


def _texts(everybody: Iterator[list[Particulars]]) -> TextWeights | None:
    """What agreement is worth, learned from some, and how rare each text is, counted of all.

    `None` where too few are named, or no two look alike at all.
    """
    counts, some, seen = TextCounts(), list[Particulars](), 0
    dice = Random(_SEED)  # noqa: S311  no secret
    for page in everybody:
        named = [each for each in page if each.name or each.address]
        counts.add(table_of(named))
        for each in named:
            seen += 1
            if len(some) < MOST_LEARNED_FROM:
                some.append(each)
            elif (place := dice.randrange(seen)) < MOST_LEARNED_FROM:
                some[place] = each
    if seen < LEAST_NAMES:
        return None
    table = table_of(some)
    one, other = pairs_to_compare(table)
    if not len(one):
        return None
    model = learn_text_model(table, one, other, len(some) * (len(some) - 1) // 2)
    return counts.of_all(model).weights()


def _everybody(store: Store, marketplace: str) -> Iterator[list[Particulars]]:
    reached = ""
    while True:
        with store.read(marketplace) as reader:
            page = reader.link_models.everybody(reached, _PAGE)
            stored = reader.suppliers.without_shops(page)
        if not page:
            return
        yield [particulars_of(each) for each in stored.values()]
        reached = page[-1]

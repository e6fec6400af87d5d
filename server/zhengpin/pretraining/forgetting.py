"""Listings as marketplaces tell them that know less: whole parts of what is known are left out at random.

In a simulated market only those keep quiet who have something to hide. A marketplace that never tells what kind of
company a supplier is, or has registered no brands, must not make suspects of all its listings: unknown is not "no".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from zhengpin.risk.examples import Example

PARTS = (
    ("brand.authoris", "brand.gated", "brand.owner", "brand.letter", "brand.at_home", "brand.registered"),
    ("brand.",),
    ("gtin.",),
    ("listing.image",),
    ("listing.edit", "listing.units_sold", "listing.days_since", "listing.age"),
    ("listing.stock", "listing.origin", "listing.customs", "listing.pack", "listing.condition"),
    ("orders.",),
    ("price.market", "price.vs_market", "price.reference", "price.vs_reference", "price.group_", "price.genuine"),
    ("price.vs_rrp", "price.vs_cost", "price.vs_own", "price.vs_genuine", "price.below_genuine", "price.was"),
    ("shop.",),
    ("shop.reputation", "shop.completed"),
    ("supplier.",),
    ("supplier.kind", "supplier.licence", "supplier.verified", "supplier.registration"),
    ("supplier.orders", "supplier.late", "supplier.defect", "supplier.return", "supplier.complain", "supplier.fake"),
)
"""Beginnings of the names of signals that a marketplace has together, or not at all."""
_LEFT_OUT = 0.4


def with_parts_forgotten(examples: Sequence[Example], seed: int) -> tuple[Example, ...]:
    """Each example as it is, and once more with each of its parts left out in two of five cases."""
    return (*examples, *_forgetful(examples, Random(seed)))  # noqa: S311  the same for the same seed


def _forgetful(examples: Sequence[Example], chance: Random) -> Iterator[Example]:
    for example in examples:
        gone = tuple(name for part in PARTS if chance.random() < _LEFT_OUT for name in part)
        told = {name: value for name, value in example.values.items() if not name.startswith(gone)} if gone else None
        yield example if told is None else replace(example, values=told)

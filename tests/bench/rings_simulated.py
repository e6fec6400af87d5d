"""Rings among the suppliers of the simulated marketplace, found as a server finds them, and what is made of them.

A store is told of suppliers and of all that is known of them, and links them by `LinkSuppliers`. The truth is told to
nobody: rings, heirs, branches and successors belong together, while customers of one warehouse, clients of one agency,
families and tenants only share things. Pictures play no part: nobody is linked by what its listings show.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from zhengpin.domain.ring import Attribute, Edge
from zhengpin.simulation.market import Marketplace
from zhengpin.storage.store import Store
from zhengpin.storage.supplier_links import Pair
from zhengpin.storage.supplier_values import Shared
from zhengpin.suppliers.rings.linked import LinkedSuppliers
from zhengpin.suppliers.rings.weighing import HUB
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.told_market import MARKETPLACE, tell_suppliers
from zhengpin.usecases.link_suppliers import LinkSuppliers

LISTINGS = 25_000
"""Of one market: two towns with some 5,000 suppliers."""
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TELLING = frozenset(
    (
        Attribute.REGISTRATION_CODE,
        Attribute.PERSON,
        Attribute.PAYOUT_ACCOUNT,
        Attribute.PHONE,
        Attribute.EMAIL,
        Attribute.DEVICE,
        Attribute.RETURN_ADDRESS,
        Attribute.DEPOT,
        Attribute.DOCUMENT,
    )
)
COMMON_THINGS = 2
"""The plain baseline links who shares so many telling values that are no hub's."""


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of suppliers."""

    put: int
    """Into one ring, rightly or not."""
    right: int
    pairs: int
    """That belong together."""

    @classmethod
    def of_all(cls, several: Collection[Found]) -> Found:
        """Count the pairs of several markets together."""
        return cls(*(sum(counts) for counts in zip(*map(astuple, several), strict=True)))

    @property
    def precision(self) -> float:
        """Of the pairs that were put into one ring, the share that belongs together."""
        return self.right / max(self.put, 1)

    @property
    def recall(self) -> float:
        """Of the pairs that belong together, the share that was put into one ring."""
        return self.right / self.pairs


@dataclass(frozen=True, slots=True)
class Judged:
    """Both methods on one market."""

    seed: int
    suppliers: int
    ours: Found
    plain: Found
    kinds: dict[str, tuple[int, int]]
    """By kind of circle: how many pairs belong together, and how many of them were found."""
    mistaken: dict[str, int]
    """Pairs that were wrongly put into one ring, by the honest circles that both are in."""
    seconds: float
    """Of the processor, to learn, link and group."""


def judge_market(seed: int) -> Judged:
    """Tell, link, and compare with the truth; and so the plain way."""
    market = Marketplace(seed=seed, now=NOW, listings=LISTINGS)
    truths = {each["supplierId"]: each for told in market.supplier_truths() for each in told.values()}
    rings, values, seconds = _linked(market, truths)
    true, found = _pairs_of(_together(truths).values()), _pairs_of(rings)
    return Judged(
        seed,
        len(truths),
        _found(found, true),
        _found(_pairs_of(_by_two_things(values)), true),
        _by_kind(true, found, truths),
        _mistaken(found - true, truths),
        seconds,
    )


def _linked(
    market: Marketplace, suppliers: Collection[str]
) -> tuple[Collection[Collection[str]], Mapping[str, Collection[Shared]], float]:
    """Rings, what each supplier shares, and how many seconds of the processor it took to link them."""
    folder = tempfile.TemporaryDirectory(prefix="zhengpin-rings-")
    with folder as name, closing(Store(f"sqlite:///{Path(name) / 'market.db'}")) as store:
        store.migrate()
        tell_suppliers(store, market, NOW)
        began = time.process_time()
        for _ in LinkSuppliers(store, lambda: NOW, time_ordered_id)():
            pass
        seconds = time.process_time() - began
        with store.read(MARKETPLACE) as reader:
            rings = reader.supplier_links.members(set(reader.supplier_links.rings_of(suppliers).values()))
            return rings.values(), reader.supplier_traits.of(suppliers), seconds


def _together(truths: Mapping[str, Mapping[str, str]]) -> dict[str, list[str]]:
    """Who belongs together, by ring."""
    rings: defaultdict[str, list[str]] = defaultdict(list)
    for supplier_id, truth in truths.items():
        if truth["ring"]:
            rings[truth["ring"]].append(supplier_id)
    return rings


def _pairs_of(rings: Iterable[Collection[str]]) -> set[Pair]:
    return {pair for ring in rings for pair in combinations(sorted(ring), 2)}


def _found(found: set[Pair], true: set[Pair]) -> Found:
    return Found(len(found), len(found & true), len(true))


def _by_kind(true: set[Pair], found: set[Pair], truths: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[int, int]]:
    kinds = {pair: f"{truths[pair[0]]['circle']} {truths[pair[0]]['manner']}".strip() for pair in true}
    all_of, those = Counter(kinds.values()), Counter(kinds[pair] for pair in true & found)
    return {kind: (count, those[kind]) for kind, count in sorted(all_of.items())}


def _mistaken(wrong: set[Pair], truths: Mapping[str, Mapping[str, str]]) -> dict[str, int]:
    circles = (set(truths[one]["shares"]) & set(truths[other]["shares"]) for one, other in wrong)
    return dict(Counter(", ".join(sorted(each)) or "none" for each in circles))


def _by_two_things(traits: Mapping[str, Collection[Shared]]) -> Iterator[Collection[str]]:
    """Rings the plain way: who shares two things that are telling by their nature, and no hub's."""
    bearers: defaultdict[Shared, list[str]] = defaultdict(list)
    for supplier_id, own in traits.items():
        for value in own:
            if value[0] in TELLING:
                bearers[value].append(supplier_id)
    shared = Counter(pair for those in bearers.values() if len(those) <= HUB for pair in combinations(sorted(those), 2))
    linked = LinkedSuppliers(_certainly(pair) for pair, things in shared.items() if things >= COMMON_THINGS)
    return iter({linked.ring(each) for each in traits})


def _certainly(pair: Pair) -> Edge:
    return Edge(*pair, probability=1.0, certain=True, weak=False, evidence=())

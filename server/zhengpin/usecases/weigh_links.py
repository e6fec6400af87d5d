"""How likely suppliers belong together, by what is stored of them and of whoever shares something with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias

import numpy as np

from zhengpin.domain.link_model import LinkModel
from zhengpin.domain.ring import Attribute, Edge, LinkEvidence
from zhengpin.domain.supplier import Supplier
from zhengpin.storage.supplier_links import Pair
from zhengpin.storage.supplier_values import Shared
from zhengpin.storage.work import Reader
from zhengpin.suppliers.rings.particulars import table_of, texts_evidence
from zhengpin.suppliers.rings.text_model import TextModel
from zhengpin.suppliers.rings.weighing import HUB, edge_between, linked_by, sharing_evidence
from zhengpin.usecases.supplier_traits import ATTRIBUTES, particulars_of

Traits: TypeAlias = Mapping[str, Mapping[Shared, bool]]
"""By supplier: what it shares, and whether it was confirmed to be its own."""
Bearers: TypeAlias = Mapping[Shared, Mapping[str, bool]]
"""By value: who shares it, and of whom it is confirmed."""

SHOWN: Final = 0.05
"""A link that is less likely tells nobody anything, and is not kept."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What is stored around some suppliers, with other traits of theirs in place of the stored ones."""

    reader: Reader
    model: LinkModel
    traits: Traits
    """Of those suppliers, as they are to be."""

    def bearers(self, values: Collection[Shared]) -> Bearers:
        """Who shares each value: all of them, or at least more than a hub has."""
        stored = self.stored_bearers(values)
        told: defaultdict[Shared, dict[str, bool]] = defaultdict(dict)
        for supplier_id, own in self.traits.items():
            for value in own.keys() & stored.keys():
                told[value][supplier_id] = own[value]
        return {
            value: {each: verified for each, verified in those.items() if each not in self.traits} | told[value]
            for value, those in stored.items()
        }

    def stored_bearers(self, values: Collection[Shared]) -> Bearers:
        """Who shared each value when it was last linked."""
        most = HUB + 1 + len(self.traits)  # of a hub more than its number stay, whoever leaves
        return self.reader.supplier_links.bearers(values, most)

    def edges(self, pairs: Collection[Pair], applying: Mapping[str, Supplier] | None = None) -> Iterator[Edge]:
        """Weigh pairs of suppliers; `applying` are those whose record is not the stored one."""
        people = frozenset(each for pair in pairs for each in pair)
        traits = {**self.reader.supplier_links.traits_of(people - self.traits.keys()), **self.traits}
        borne = Counter(value for each in people for value in traits.get(each, {}) if value[0] in ATTRIBUTES)
        bearers = self.bearers([value for value, count in borne.items() if count > 1])
        texts = self._texts(pairs, {**self.reader.suppliers.without_shops(people), **(applying or {})})
        for one, other in pairs:
            shared = traits.get(one, {}).keys() & traits.get(other, {}).keys() & bearers.keys()
            evidence = (self._evidence(value, bearers[value], (one, other)) for value in shared)
            yield edge_between(one, other, (*evidence, *texts.get((one, other), ())), self.model.suppliers)

    def _evidence(self, value: Shared, bearers: Mapping[str, bool], pair: Pair) -> LinkEvidence:
        return sharing_evidence(Attribute(value[0]), bearers, pair, self.model.suppliers)

    def _texts(self, pairs: Iterable[Pair], suppliers: Mapping[str, Supplier]) -> dict[Pair, tuple[LinkEvidence, ...]]:
        """What the names and addresses of pairs say."""
        named = [pair for pair in pairs if suppliers.keys() >= set(pair)]
        if self.model.texts is None or not named:
            return {}
        place = {supplier_id: number for number, supplier_id in enumerate(suppliers)}
        table = table_of([particulars_of(each) for each in suppliers.values()])
        one, other = np.array([(place[one], place[other]) for one, other in named], dtype=np.int64).T
        return dict(zip(named, texts_evidence(TextModel.of(self.model.texts), table, one, other), strict=True))


def pairs_among(bearers: Mapping[str, bool]) -> Iterator[Pair]:
    """Every two of those who share a value that it may link; nobody where it is a hub's."""
    return combinations(sorted(linked_by(bearers)), 2)


def is_kept(edge: Edge) -> bool:
    """Whether an edge says enough to be kept."""
    return edge.certain or edge.probability >= SHOWN

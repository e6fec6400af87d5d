"""How likely suppliers belong together, by what is stored of them and of whoever shares something with them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias, TypeVar

import numpy as np

from zhengpin.domain.link_model import LinkModel
from zhengpin.domain.ring import Attribute, Edge, LinkEvidence
from zhengpin.domain.supplier import Supplier
from zhengpin.storage.supplier_links import Pair
from zhengpin.storage.supplier_values import Shared
from zhengpin.storage.work import Reader
from zhengpin.suppliers.rings.particulars import table_of, text_bits, texts_evidence
from zhengpin.suppliers.rings.text_model import TextModel
from zhengpin.suppliers.rings.text_table import Places, TextTable
from zhengpin.suppliers.rings.weighing import HUB, WEIGHTS, edge_between, evidence_of, linked_by, sharing_evidence
from zhengpin.usecases.supplier_traits import ATTRIBUTES, particulars_of

Traits: TypeAlias = Mapping[str, Mapping[Shared, bool]]
"""By supplier: what it shares, and whether it was confirmed to be its own."""
Bearers: TypeAlias = Mapping[Shared, Mapping[str, bool]]
"""By value: who shares it, and of whom it is confirmed."""

T = TypeVar("T")
_Compare: TypeAlias = Callable[[TextModel, TextTable, Places, Places], Iterable[T]]
"""Says something of each pair of rows of a table."""

SHOWN: Final = 0.05
"""A link that is less likely tells nobody anything, and is not kept."""
PAIR: Final = 2


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
        return self.reader.supplier_traits.bearers(values, most)

    def promising(self) -> Iterator[Pair]:
        """Give the pairs of those suppliers with later ones that may be worth keeping, and few others.

        Most that share something share one courier's shelf, or a common name; to weigh them all would take most of the
        time.
        """
        things: defaultdict[Pair, float] = defaultdict(float)
        named: set[Pair] = set()
        for value, those in self.bearers({value for own in self.traits.values() for value in own}).items():
            pairs = self._with_later(linked_by(those))
            most = self._most_bits(value, those)
            for pair in pairs:
                things[pair] += most
            if value[0] not in ATTRIBUTES:
                named.update(pairs)
        least = math.log2(self.model.suppliers) + math.log2(SHOWN / (1 - SHOWN))
        texts = self._text_bits([pair for pair in named if things[pair] < least])
        return (pair for pair, most in things.items() if most + texts.get(pair, 0.0) >= least)

    def edges(self, pairs: Collection[Pair], applying: Mapping[str, Supplier] | None = None) -> Collection[Edge]:
        """Weigh pairs of suppliers; `applying` are those whose record is not the stored one.

        Names and addresses are compared where they share a word to be found by, or enough else to be shown.
        """
        people = frozenset(each for pair in pairs for each in pair)
        traits = {**self.reader.supplier_traits.of(people - self.traits.keys()), **self.traits}
        borne = Counter(value for each in people for value in traits.get(each, ()))
        bearers = self.bearers([value for value, count in borne.items() if count > 1])
        weighed: dict[Pair, Edge] = {}
        alike: list[Pair] = []
        for pair in pairs:
            shared = traits.get(pair[0], {}).keys() & traits.get(pair[1], {}).keys()
            things = (self._evidence(each, bearers[each], pair) for each in shared if each[0] in ATTRIBUTES)
            weighed[pair] = edge_between(*pair, things, self.model.suppliers)
            if is_kept(weighed[pair]) or any(linked_by(bearers[each]) for each in shared if each[0] not in ATTRIBUTES):
                alike.append(pair)
        for pair, texts in self._texts(alike, applying or {}).items():
            weighed[pair] = edge_between(*pair, (*weighed[pair].evidence, *texts), self.model.suppliers)
        return weighed.values()

    def _with_later(self, linked: Collection[str]) -> list[Pair]:
        """Those of the suppliers among who may be linked, each with whoever comes later."""
        return [(one, other) for one in self.traits.keys() & linked for other in linked if one < other]

    def _most_bits(self, value: Shared, bearers: Mapping[str, bool]) -> float:
        """What sharing a value says at most; of an identity no less than all, and of a name its texts say it."""
        attribute, _ = value
        if attribute not in ATTRIBUTES:
            return 0.0
        if WEIGHTS[attribute].identity:
            return math.inf
        fewest = sum(bearers.values())
        shared_by = fewest if fewest >= PAIR else len(bearers)
        return evidence_of(Attribute(attribute), shared_by, self.model.suppliers, verified=False).bits

    def _evidence(self, value: Shared, bearers: Mapping[str, bool], pair: Pair) -> LinkEvidence:
        return sharing_evidence(Attribute(value[0]), bearers, pair, self.model.suppliers)

    def _texts(self, pairs: Collection[Pair], applying: Mapping[str, Supplier]) -> dict[Pair, tuple[LinkEvidence, ...]]:
        """What the names and addresses of pairs say, if anything."""
        told = self._compared(pairs, applying, texts_evidence)
        return {pair: texts for pair, texts in told if texts}

    def _text_bits(self, pairs: Collection[Pair]) -> dict[Pair, float]:
        """How much that is."""
        return dict(self._compared(pairs, {}, lambda *compared: text_bits(*compared).tolist()))

    def _compared(
        self, pairs: Collection[Pair], applying: Mapping[str, Supplier], compare: _Compare[T]
    ) -> Iterable[tuple[Pair, T]]:
        """Compare the names and addresses of those of the pairs of which both are stored, or apply."""
        if self.model.texts is None or not pairs:
            return ()
        suppliers = {**self.reader.suppliers.without_shops({each for pair in pairs for each in pair}), **applying}
        named = [pair for pair in pairs if suppliers.keys() >= set(pair)]
        place = {supplier_id: number for number, supplier_id in enumerate(suppliers)}
        table = table_of([particulars_of(each) for each in suppliers.values()])
        places = np.array([(place[one], place[other]) for one, other in named], dtype=np.int64).reshape(-1, PAIR)
        return zip(named, compare(TextModel.of(self.model.texts), table, *places.T), strict=True) if named else ()


def pairs_among(bearers: Mapping[str, bool]) -> Iterator[Pair]:
    """Every two of those who share a value that it may link; nobody where it is a hub's."""
    return combinations(sorted(linked_by(bearers)), 2)


def is_kept(edge: Edge) -> bool:
    """Whether an edge says enough to be kept."""
    return edge.certain or edge.probability >= SHOWN

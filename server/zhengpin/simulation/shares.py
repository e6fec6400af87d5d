"""Which kind each listing is of: shares are kept as exactly as whole listings allow, and places tell nothing."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from zhengpin.simulation.chance import Chance
from zhengpin.simulation.kinds import Group, Kind
from zhengpin.simulation.parameters import Parameters

_GOLDEN = 0.6180339887498949
"""Multiples of the golden ratio fill the span from 0 to 1 evenly, however many are taken (Weyl 1916)."""


class Deal:
    """Deals kinds to listings page by page: systematic sampling within a page, shuffled."""

    def __init__(self, parameters: Parameters, chance: Chance) -> None:
        self.kinds = kinds_of(parameters)
        self._bounds = tuple(accumulate(kind.share for kind in self.kinds))
        self._page = parameters.quarter.listings
        self._chance = chance
        self._places = lru_cache(maxsize=64)(self._shuffled)

    def kind(self, quarter: int, number: int) -> Kind:
        """The kind of the listing with this number, from 0, in a quarter."""
        page, place = divmod(number, self._page)
        start = (quarter + 1) * _GOLDEN + (page + 1) * _GOLDEN * _GOLDEN
        mark = (self._places(quarter, page)[place] + start % 1) / self._page
        return self.kinds[min(bisect_right(self._bounds, mark), len(self.kinds) - 1)]

    def _shuffled(self, quarter: int, page: int) -> list[int]:
        places = list(range(self._page))
        self._chance.random(f"quarter/{quarter}/page/{page}").shuffle(places)
        return places


def kinds_of(parameters: Parameters) -> tuple[Kind, ...]:
    """Every kind with its share of all listings."""
    fakes, clever = parameters.market.fakes, parameters.market.clever
    groups = (
        (Group.GENUINE, parameters.shares.genuine, 1 - fakes),
        (Group.LOOK_ALIKE, parameters.shares.look_alikes, 1 - fakes),
        (Group.OBVIOUS, parameters.shares.obvious, fakes * (1 - clever)),
        (Group.CLEVER, parameters.shares.clever, fakes * clever),
    )
    return tuple(Kind(name, group, share * weight) for group, kinds, weight in groups for name, share in kinds.items())

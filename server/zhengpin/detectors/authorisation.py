"""Who may sell a brand: paths of authorisation letters from its owner to a supplier."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from zhengpin.detectors.local_day import Today
from zhengpin.domain.brand import Authorisation
from zhengpin.domain.quick_init import quickly_made

_STEP: Final = re.compile("[/>]")
"""What stands between a category and one below it."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Place:
    """What is sold, and where; empty text is not known."""

    category: str
    territory: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Standing:
    """How a supplier stands to a brand on one day."""

    path: tuple[Authorisation, ...] | None
    """The shortest valid path from the owner, of several the one that holds longest; `None` without one, empty for the
    owner itself."""
    vouched_for: bool
    """It holds a valid letter, from whomever, and the marketplace has checked that its store is an official one."""
    may_exist: bool
    """A path exists if what is not known of category, territory and owner is as it should be."""
    expired: bool
    """There is no valid path, but there was one before letters ended."""

    @property
    def authorised(self) -> bool | None:
        """Whether the supplier may sell; `None` if that hangs on what is not known."""
        if self.path is not None or self.vouched_for:
            return True
        return None if self.may_exist else False


def standing_of(
    edges: Iterable[Authorisation],
    owner_id: str,
    supplier_id: str,
    place: Place,
    today: Today,
    *,
    official_store: bool = False,
) -> Standing:
    """Look for a path whose every edge holds today, covers the place, and, but for the last, may be passed on.

    Where the owner is not known, no path can be told from one that starts with somebody who has no right to give
    letters away: a valid letter, or an official store, leaves it open whether the supplier may sell, and one who has
    neither may not. Where the owner is known, an official store stands for the letters that are missing between the
    owner and the supplier's own; without any letter it proves nothing, for it may be another brand's.
    """
    known = tuple(edges)

    def holds(edge: Authorisation) -> bool:
        return today.lies_within(edge.valid_from, edge.valid_to)

    def may_cover(edge: Authorisation) -> bool:
        return _covers(edge, place, unknown=True)

    path = _path(known, owner_id, supplier_id, lambda edge: holds(edge) and _covers(edge, place, unknown=False))
    if path is not None:
        return Standing(path, vouched_for=False, may_exist=True, expired=False)
    own = tuple(edge for edge in known if edge.licensee_id == supplier_id and may_cover(edge))
    has_letter = any(map(holds, own))
    if owner_id:
        now = _path(known, owner_id, supplier_id, lambda edge: holds(edge) and may_cover(edge)) is not None
        before = _path(known, owner_id, supplier_id, lambda e: e.valid_from <= today.begun and may_cover(e)) is not None
    else:
        now = has_letter or official_store
        before = any(edge.valid_from <= today.begun for edge in own)
    return Standing(None, vouched_for=official_store and has_letter, may_exist=now, expired=before and not now)


def _path(
    edges: tuple[Authorisation, ...], owner_id: str, supplier_id: str, usable: Callable[[Authorisation], bool]
) -> tuple[Authorisation, ...] | None:
    """Search breadth first; per licensee the path that lasts longest is kept."""
    if owner_id and owner_id == supplier_id:
        return ()
    passed_on: dict[str, tuple[Authorisation, ...]] = {owner_id: ()} if owner_id else {}
    seen = set(passed_on)
    while passed_on:
        reached: dict[str, tuple[Authorisation, ...]] = {}
        arrived: list[tuple[Authorisation, ...]] = []
        for edge in edges:
            if edge.licensor_id not in passed_on or not usable(edge):
                continue
            path = (*passed_on[edge.licensor_id], edge)
            if edge.licensee_id == supplier_id:
                arrived.append(path)
            elif edge.sublicensable and edge.licensee_id not in seen:
                reached[edge.licensee_id] = max(path, reached.get(edge.licensee_id, path), key=last_day)
        if arrived:
            return max(arrived, key=last_day)
        seen.update(reached)
        passed_on = reached
    return None


def last_day(path: tuple[Authorisation, ...]) -> date:
    """Give the last day on which every letter of the path holds."""
    return min(edge.valid_to for edge in path)


def _covers(edge: Authorisation, place: Place, *, unknown: bool) -> bool:
    return _within(edge.category, place.category, covers, unknown=unknown) and _within(
        edge.territory, place.territory, str.__eq__, unknown=unknown
    )


def _within(limit: str, actual: str, fits: Callable[[str, str], bool], *, unknown: bool) -> bool:
    if not limit:
        return True
    return fits(limit, actual) if actual else unknown


@lru_cache(maxsize=8192)
def covers(scope: str, category: str) -> bool:
    """Whether a category is the scope's own or lies under it: "food" covers "food/tea"."""
    wide = _steps(scope)
    return _steps(category)[: len(wide)] == wide


def _steps(category: str) -> tuple[str, ...]:
    """A category from the widest to the narrowest, however it is written: "Food / Tea" as "food/tea" or "food>tea"."""
    return tuple(step.strip() for step in _STEP.split(category.casefold()))

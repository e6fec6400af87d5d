"""Who may sell a brand: paths of authorisation letters from its owner to a supplier."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from zhengpin.domain.brand import Authorisation


@dataclass(frozen=True, slots=True)
class Place:
    """What is sold, and where; empty text is not known."""

    category: str
    territory: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a supplier stands to a brand on one day."""

    path: tuple[Authorisation, ...] | None
    """The shortest valid path from the owner, of several the one that holds longest; `None` without one, empty for the
    owner itself."""
    may_exist: bool
    """A path exists if what is not known of category and territory is covered."""
    expired: bool
    """There is no valid path, but there was one before letters ended."""

    @property
    def authorised(self) -> bool | None:
        """Whether the supplier may sell; `None` if that hangs on what is not known."""
        if self.path is not None:
            return True
        return None if self.may_exist else False


def standing_of(edges: Iterable[Authorisation], owner_id: str, supplier_id: str, place: Place, today: date) -> Standing:
    """Look for a path whose every edge holds today, covers the place, and, but for the last, may be passed on."""
    known = tuple(edges)

    def holds(edge: Authorisation) -> bool:
        return edge.valid_from <= today <= edge.valid_to

    path = _path(known, owner_id, supplier_id, lambda edge: holds(edge) and _covers(edge, place, unknown=False))
    if path is not None:
        return Standing(path, may_exist=True, expired=False)
    may_exist = _path(known, owner_id, supplier_id, lambda edge: holds(edge) and _covers(edge, place, unknown=True))
    before = _path(
        known, owner_id, supplier_id, lambda edge: edge.valid_from <= today and _covers(edge, place, unknown=True)
    )
    return Standing(None, may_exist=may_exist is not None, expired=may_exist is None and before is not None)


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


def covers(scope: str, category: str) -> bool:
    """Whether a category is the scope's own or lies under it: "food" covers "food/tea"."""
    wide, narrow = scope.strip().casefold(), category.strip().casefold()
    return narrow == wide or narrow.startswith((f"{wide}/", f"{wide} > ", f"{wide}>"))

"""Registered addresses: made up in real cities, and written in more than one way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.sellers import Seller
from zhengpin.simulation.suppliers.circles import Circle, Membership
from zhengpin.simulation.suppliers.places import CITIES, ROADS, SORTS, in_letters

_ROADS, _SORTS = tuple(ROADS), ("路", "路", "路", "街", "大道")
_DESKS = 60
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Premises:
    """Where a company is registered."""

    city: str
    district: str
    """Empty in cities without districts."""
    road: str
    sort: str
    number: int
    building: int
    room: int
    desk: int = 0
    """In a room of many tenants; 0 for a room of its own."""


def registered_address(quarter: Quarter, seller: Seller, circles: Sequence[Membership]) -> str:
    """Where the supplier is registered, as it writes it: a ring more often in another way than usual."""
    chance, plan = quarter.world.chance, quarter.world.parameters.suppliers
    place = _premises(quarter, seller, circles)
    in_ring = any(each.circle is Circle.RING for each in circles)
    dice = chance.random(f"{seller.path}/address")
    rewritten = dice.random() < (plan.ring.rewritten if in_ring else plan.rewritten)
    return dice.choice(OTHER_WAYS)(place) if rewritten else written(place)


def _premises(quarter: Quarter, seller: Seller, circles: Sequence[Membership]) -> Premises:
    chance = quarter.world.chance
    for each in circles:
        if "address" in each.shared:
            place = _made_up(chance.random(each.shared["address"]))
            desk = chance.random(f"{seller.path}/desk").randint(1, _DESKS)
            return replace(place, desk=desk) if each.circle in {Circle.COWORKING, Circle.AGENCY} else place
    dice = chance.random(f"{seller.path}/premises")
    moved = dice.random() < quarter.world.parameters.suppliers.moved
    return _made_up(dice, "" if moved else _city_of(seller))


def _city_of(seller: Seller) -> str:
    """The city in its name."""
    name = seller.name.removesuffix("分公司")
    return name[-2:] if seller.background.head_office else name[:2]


def _made_up(dice: Random, city: str = "") -> Premises:
    city = city or dice.choice(tuple(CITIES))
    return Premises(
        city,
        dice.choice(CITIES[city].districts),
        dice.choice(_ROADS),
        dice.choice(_SORTS),
        dice.randint(1, 900),
        dice.randint(1, 20),
        dice.randint(1, 28) * 100 + dice.randint(1, 20),
    )


# --- how it is written -----------------------------------------------------------------------------------------------


def written(place: Premises) -> str:
    """The usual way."""
    province = CITIES[place.city].province
    return (f"{province}省" if province else "") + _without_province(place)


def _without_province(place: Premises) -> str:
    return f"{_to_the_number(place)}{place.building}幢{_room(place)}室"


def _with_country(place: Premises) -> str:
    return f"中国{written(place)}"


def _full_width(place: Premises) -> str:
    return written(place).translate(_FULL_WIDTH)


def _with_hyphens(place: Premises) -> str:
    return f"{_to_the_number(place)}{place.building}-{_room(place)}"


def _in_letters(place: Premises) -> str:
    province = CITIES[place.city].province
    parts = (
        f"Room {_room(place)}",
        f"Building {place.building}",
        f"{place.number} {ROADS[place.road]} {SORTS[place.sort]}",
        f"{in_letters(place.district)} District" if place.district else "",
        in_letters(place.city),
        in_letters(province) if province else "",
        "China",
    )
    return ", ".join(filter(None, parts))


OTHER_WAYS = (_without_province, _with_country, _full_width, _with_hyphens, _in_letters)


def _to_the_number(place: Premises) -> str:
    district = f"{place.district}区" if place.district else ""
    return f"{place.city}市{district}{place.road}{place.sort}{place.number}号"


def _room(place: Premises) -> str:
    return f"{place.room}-{place.desk}" if place.desk else str(place.room)

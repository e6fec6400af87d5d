"""Registered addresses: real cities, and one place written in several ways."""

from __future__ import annotations

import re

import pytest
from pypinyin import lazy_pinyin

from markets import a_market
from zhengpin.simulation.suppliers.addresses import OTHER_WAYS, Premises, written
from zhengpin.simulation.suppliers.places import CITIES, ROADS, in_letters
from zhengpin.suppliers.rings.addresses import address

PLACE = Premises("杭州", "西湖", "文化", "路", 88, 3, 1203)


def test_every_place_has_its_name_in_pinyin() -> None:
    names = {name for city in CITIES.values() for name in (city.province, *city.districts) if name} | CITIES.keys()
    told = {name: in_letters(name) for name in names} | ROADS
    # Of two ways to say a character the library knows the other.
    assert (told.pop("闵行"), told.pop("朝阳")) == ("Minhang", "Chaoyang")
    assert {name: spelt.lower() for name, spelt in told.items()} == {name: "".join(lazy_pinyin(name)) for name in told}


def test_an_address_goes_from_the_province_to_the_room() -> None:
    assert written(PLACE) == "浙江省杭州市西湖区文化路88号3幢1203室"
    assert OTHER_WAYS[-1](PLACE) == "Room 1203, Building 3, 88 Wenhua Road, Xihu District, Hangzhou, Zhejiang, China"


def test_each_way_of_writing_is_another_and_names_one_place() -> None:
    ways = [written(PLACE), *(way(PLACE) for way in OTHER_WAYS)]
    assert len(set(ways)) == len(ways)
    assert {address(each).number for each in ways} == {"88"}
    assert {address(each).region for each in ways} == {"hangzhou"}


@pytest.mark.parametrize("city", CITIES)
def test_every_city_can_be_written(city: str) -> None:
    district = CITIES[city].districts[-1]
    place = Premises(city, district, "和平", "大道", 7, 2, 301, desk=9)
    assert "301-9" in written(place)
    assert all(way(place) for way in OTHER_WAYS)


def test_every_supplier_has_an_address_and_few_share_one() -> None:
    told = [each["supplier"] for each in a_market(1000).parties() if "supplier" in each]
    addresses = [each["address"] for each in told]
    assert all(re.search(r"\d|[０-９]", each) for each in addresses)
    assert 0.9 * len(addresses) < len(set(addresses)) < len(addresses)

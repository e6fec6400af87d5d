"""Which listings offer what is voted on: kept as listings come, change and go."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from builders import KETTLE, NOW, a_listing
from zhengpin.domain.listing import Listing
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.vote_tally import ListingOrigin
from zhengpin.storage import Store
from zhengpin.storage.listing_targets import ListingTargets
from zhengpin.storage.target_origins import FEW_LISTINGS, MOST_LISTINGS_ASKED, MOST_SUPPLIERS_ASKED

HERE = "here"
ACME = Target(TargetKind.BRAND, "acme")
SAID = {"factory_id": "pots", "origin_place": "Foshan, China"}


def store_listings(store: Store, *listings: Listing, product_key: str = KETTLE) -> None:
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(listing, product_key) for listing in listings], NOW)


def targets_of(store: Store) -> set[tuple[str, str, str]]:
    """Every row: kind, key and listing."""
    with store._engine.connect() as connection:
        rows = connection.execute(text("SELECT target_kind, target_key, listing_id FROM listing_targets")).all()
    return {(row[0], row[1], row[2]) for row in rows}


def origins(store: Store, target: Target) -> list[ListingOrigin]:
    with store.read(HERE) as reader:
        return reader.listing_targets.origins(target)


def test_a_listing_offers_its_product_brand_factory_and_place(store: Store) -> None:
    store_listings(store, a_listing(**SAID))
    assert targets_of(store) == {
        ("product", KETTLE, "listing-1"),
        ("brand", "acme", "listing-1"),
        ("factory", "pots", "listing-1"),
        ("origin", "foshanchina", "listing-1"),
    }
    assert origins(store, ACME) == [ListingOrigin(1, "kitchen/kettles", "acme", "pots", "foshanchina", "acme-factory")]


def test_what_a_listing_does_not_say_is_no_target(store: Store) -> None:
    store_listings(store, a_listing(brand="", origin_place="—"), product_key="")
    assert targets_of(store) == {("product", "listing:listing-1", "listing-1")}


@pytest.mark.parametrize(
    ("change", "gone", "new"),
    [
        ({"brand": "Zeta"}, {("brand", "acme")}, {("brand", "zeta")}),
        ({"factory_id": ""}, {("factory", "pots")}, set()),
        ({"origin_place": "foshan CHINA"}, set(), set()),
        ({"title": "Another kettle"}, set(), set()),
    ],
)
def test_a_listing_that_changes_offers_what_it_says_now(
    store: Store, change: dict[str, Any], gone: set[tuple[str, str]], new: set[tuple[str, str]]
) -> None:
    store_listings(store, a_listing(**SAID))
    before = {row[:2] for row in targets_of(store)}
    store_listings(store, a_listing(**{**SAID, **change}))
    assert {row[:2] for row in targets_of(store)} == (before - gone) | new
    for each in before - gone:
        (said,) = origins(store, Target(TargetKind(each[0]), each[1]))
        assert said.suppliers == 1


def test_a_listing_goes_from_the_product_and_supplier_that_it_had(store: Store) -> None:
    store_listings(store, a_listing())
    store_listings(store, a_listing(supplier_id="other"), product_key="gtin:1")
    assert origins(store, Target(TargetKind.PRODUCT, KETTLE)) == []
    with store.read(HERE) as reader:
        asked = [(ACME, "acme-factory"), (ACME, "other")]
        assert reader.listing_targets.offered_by(asked) == {(ACME, "other")}


def test_a_deleted_listing_offers_nothing_until_it_is_told_again(store: Store) -> None:
    store_listings(store, a_listing(**SAID))
    before = targets_of(store)
    with store.begin(HERE) as unit:
        unit.listings.delete("listing-1", NOW)
        unit.listings.delete("listing-1", NOW)
    assert targets_of(store) == set()
    with store.read(HERE) as reader:
        (offered,) = reader.listing_targets.of_listings(["listing-1", "never told"]).values()
    assert offered == {Target(TargetKind(kind), key) for kind, key, _ in before}, "whoever bought it knows what it was"
    store_listings(store, a_listing(**SAID))
    assert targets_of(store) == before


def test_who_alone_offers_a_target_is_told_apart(store: Store) -> None:
    store_listings(store, a_listing("1"), a_listing("2"), a_listing("3", supplier_id="other", factory_id="pots"))
    assert {(each.suppliers, each.factory_id, each.sole_supplier_id) for each in origins(store, ACME)} == {
        (1, "", "acme-factory"),
        (1, "pots", "other"),
    }


def test_each_supplier_counts_once_however_many_listings_it_has(store: Store) -> None:
    many = [a_listing(f"{n:03}", supplier_id="AAA", factory_id="rival", images=()) for n in range(300)]
    two_minded = [a_listing(f"{factory}s", supplier_id="other", factory_id=factory) for factory in ("pots", "rival")]
    store_listings(store, *many, *two_minded, a_listing(factory_id="pots"))
    assert {each.factory_id: each.suppliers for each in origins(store, ACME)} == {"rival": 1.5, "pots": 1.5}


@pytest.mark.parametrize("more", [0, FEW_LISTINGS])
def test_whoever_adds_up_what_is_said_finds_the_same(store: Store, more: int) -> None:
    said = [("shop-1", "pots"), ("shop-1", "pots"), ("shop-1", "rival"), ("shop-2", "pots"), ("shop-3", "lone")]
    shops = [a_listing(f"{n}", supplier_id=shop, factory_id=factory) for n, (shop, factory) in enumerate(said)]
    store_listings(
        store, *shops, *[a_listing(f"more {n}", supplier_id="shop-3", factory_id="lone") for n in range(more)]
    )
    found = {each.factory_id: (each.suppliers, each.sole_supplier_id) for each in origins(store, ACME)}
    assert found == {"pots": (1 + 2 / 3, ""), "rival": (1 / 3, "shop-1"), "lone": (1, "shop-3")}


def test_who_has_more_listings_than_are_asked_speaks_for_itself_alone(store: Store) -> None:
    told = '["","acme","pots",""]', '["","acme","rival",""]'
    many = {f"{n}": (("brand", "acme", "AAA", f"{n:05}", told[1]),) for n in range(MOST_LISTINGS_ASKED + 1)}
    others = {name: (("brand", "acme", name, name, told[0]),) for name in ("other", "third")}
    with store.begin(HERE) as unit:
        ListingTargets(unit._scope).replace({}, many | others)
    assert {each.factory_id: each.suppliers for each in origins(store, ACME)} == {"rival": 1, "pots": 2}


def test_of_very_many_suppliers_the_first_ones_speak_for_all(store: Store) -> None:
    said = '["","acme","",""]'
    offers = {f"{n}": (("brand", "acme", f"shop-{n:05}", f"{n}", said),) for n in range(MOST_SUPPLIERS_ASKED + 20)}
    with store.begin(HERE) as unit:
        ListingTargets(unit._scope).replace({}, offers)
    assert [each.suppliers for each in origins(store, ACME)] == [MOST_SUPPLIERS_ASKED]

"""Listings: edits, tombstones, coming back to life."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from builders import NOW, a_listing, an_order_event
from zhengpin.domain.listing import Edit, Image, edit_between
from zhengpin.errors import NotFound
from zhengpin.storage import Store
from zhengpin.storage.listing_intake import MAX_EDITS
from zhengpin.storage.listings import STOCK_PICTURE_USES

HERE = "here"
LATER = NOW + timedelta(hours=1)


def test_a_listing_comes_back_as_it_was_sent(store: Store) -> None:
    listing = a_listing(images=(Image("a.jpg", phash=2**64 - 1),), attributes=(("colour", "红"), ("\0", "\n")))
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(listing, "acme k15")], NOW)
    with store.read(HERE) as reader:
        stored = reader.listings.get(listing.listing_id)
    assert stored.listing == listing
    assert (stored.first_seen_at, stored.updated_at, stored.deleted_at, stored.edits) == (NOW, NOW, None, ())
    assert stored.first_seen_at.tzinfo is not None


def test_a_change_of_identity_is_kept_with_the_units_sold_before(store: Store) -> None:
    listing = a_listing()
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(listing, "")], NOW)
        unit.orders.record_many([an_order_event(quantity=7)])
        changed = replace(listing, title="Another thing", images=(Image("a.jpg", sha256="b" * 64),))
        unit.listings.upsert_many([(changed, "")], LATER)
        assert unit.listings.get(listing.listing_id).edits == (Edit(LATER, ("title", "main_image"), 7),)


def test_an_unchanged_listing_sent_again_is_no_edit(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(), "")], NOW)
        unit.listings.upsert_many([(a_listing(), ""), (a_listing(price=10, description="new"), "")], LATER)
        stored = unit.listings.get("listing-1")
    assert (stored.edits, stored.first_seen_at, stored.updated_at) == ((), NOW, LATER)


def test_two_versions_in_one_call_follow_one_another(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(title="one"), ""), (a_listing(title="two"), "")], NOW)
        assert unit.listings.get("listing-1").edits == (Edit(NOW, ("title",), 0),)


def test_the_newest_edits_are_kept(store: Store) -> None:
    with store.begin(HERE) as unit:
        for number in range(MAX_EDITS + 5):
            unit.listings.upsert_many([(a_listing(title=str(number)), "")], NOW + timedelta(minutes=number))
        edits = unit.listings.get("listing-1").edits
    assert len(edits) == MAX_EDITS
    assert edits[0].edited_at == NOW + timedelta(minutes=MAX_EDITS + 4)


def test_a_deleted_listing_leaves_a_tombstone_and_a_second_time_changes_nothing(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(), "")], NOW)
        buried = unit.listings.delete("listing-1", LATER)
        again = unit.listings.delete("listing-1", LATER + timedelta(days=1))
        assert buried.deleted_at == LATER
        assert again == buried == unit.listings.get("listing-1")


def test_what_was_never_stored_can_not_be_deleted(store: Store) -> None:
    with store.begin(HERE) as unit, pytest.raises(NotFound, match="listing 'listing-1'"):
        unit.listings.delete("listing-1", NOW)


def test_a_deleted_listing_that_is_sent_again_comes_back_with_its_history(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(), "")], NOW)
        unit.listings.delete("listing-1", NOW)
        unit.listings.upsert_many([(a_listing(brand="Zeta"), "")], LATER)
        stored = unit.listings.get("listing-1")
    assert stored.deleted_at is None
    assert stored.first_seen_at == NOW
    assert stored.edits == (Edit(LATER, ("brand",), 0),)


def test_a_deleted_listing_shares_no_images(store: Store) -> None:
    mine, other = a_listing("mine"), a_listing("theirs", supplier_id="other")
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(mine, ""), (other, "")], NOW)
        assert unit.listings.image_sharing([mine])["mine"].suppliers == 1
        unit.listings.delete("theirs", NOW)
        assert unit.listings.image_sharing([mine]) == {}
        unit.listings.upsert_many([(other, "")], NOW)
        assert unit.listings.image_sharing([mine])["mine"].suppliers == 1


def test_an_image_follows_its_listing_to_another_supplier_and_goes_when_it_is_replaced(store: Store) -> None:
    mine, other = a_listing("mine"), a_listing("theirs", supplier_id="other")
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(mine, ""), (other, "")], NOW)
        unit.listings.upsert_many([(replace(other, supplier_id=mine.supplier_id), "")], NOW)
        assert unit.listings.image_sharing([mine]) == {}
        unit.listings.upsert_many([(replace(other, images=()), "")], NOW)
        assert unit.listings.image_sharing([mine]) == {}


def test_a_picture_that_very_many_listings_show_links_nobody(store: Store) -> None:
    mine = a_listing("mine")
    others = [a_listing(f"l-{number}", supplier_id=f"s-{number}") for number in range(STOCK_PICTURE_USES)]
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(each, "") for each in others], NOW)
        assert unit.listings.image_sharing([mine])["mine"].suppliers == STOCK_PICTURE_USES
        unit.listings.upsert_many([(mine, "")], NOW)
        assert unit.listings.image_sharing([mine]) == {}


def test_each_field_of_identity_makes_an_edit_and_others_do_not() -> None:
    old = a_listing(gtin="4006381333931")
    changes = {
        "title": replace(old, title="x"),
        "brand": replace(old, brand="x"),
        "gtin": replace(old, gtin="6936983800013"),
        "model": replace(old, model="x"),
        "main_image": replace(old, images=()),
        "supplier_id": replace(old, supplier_id="x"),
    }
    for field, new in changes.items():
        assert edit_between(old, new, NOW, 3) == Edit(NOW, (field,), 3)
    assert edit_between(old, replace(old, images=(*old.images, Image("second"))), NOW, 3) is None
    assert edit_between(old, replace(old, description="x", stock=4), NOW, 3) is None


def test_what_is_told_for_the_first_time_is_no_edit_but_a_brand_is() -> None:
    silent = a_listing(gtin="", model="", images=())
    assert edit_between(silent, a_listing(gtin="6936983800013"), NOW, 90) is None
    assert edit_between(a_listing(gtin="6936983800013"), silent, NOW, 90) == Edit(
        NOW, ("gtin", "model", "main_image"), 90
    )
    assert edit_between(a_listing(brand=""), a_listing(), NOW, 90) == Edit(NOW, ("brand",), 90)


def test_an_edit_is_of_the_time_that_the_marketplace_says_where_it_keeps_one() -> None:
    made, edited = NOW - timedelta(days=200), NOW - timedelta(days=40)

    def time_of_edit(before: datetime | None, after: datetime | None) -> datetime:
        old = a_listing(created_at=made, edited_at=before)
        edit = edit_between(old, replace(old, brand="x", edited_at=after), NOW, 3)
        assert edit is not None
        return edit.edited_at

    assert time_of_edit(None, edited) == edited
    assert time_of_edit(NOW - timedelta(days=90), edited) == edited
    assert time_of_edit(None, None) == NOW
    assert time_of_edit(edited, edited) == NOW
    assert time_of_edit(None, made) == NOW
    assert time_of_edit(edited, NOW - timedelta(days=90)) == NOW
    assert time_of_edit(None, NOW + timedelta(hours=1)) == NOW


def test_the_same_written_another_way_is_no_edit() -> None:
    picture = Image("https://img.example/kettle.jpg")
    old = a_listing(title="Haolin kettle HL-24", brand="Haolin", model="HL-24", gtin="6936983800013", images=(picture,))
    same: dict[str, Any] = {
        "title": "HAOLIN  Kettle HL24",
        "brand": "HAOLIN",
        "model": "HL24",
        "gtin": "0693-6983800013",
        "images": (replace(picture, sha256="b" * 64),),
    }
    for field, value in same.items():
        assert edit_between(old, replace(old, **{field: value}), NOW, 3) is None
        assert edit_between(replace(old, **{field: value}), old, NOW, 3) is None


def test_a_main_image_that_moved_is_the_same_as_long_as_its_hash_is() -> None:
    old = a_listing(images=(Image("here", "a" * 64),))
    assert edit_between(old, replace(old, images=(Image("there", "a" * 64),)), NOW, 3) is None
    assert edit_between(old, replace(old, images=(Image("there", "b" * 64),)), NOW, 3) == Edit(NOW, ("main_image",), 3)
    assert edit_between(old, replace(old, images=(Image("there"),)), NOW, 3) == Edit(NOW, ("main_image",), 3)
    assert edit_between(old, replace(old, images=(Image("here", "b" * 64),)), NOW, 3) == Edit(NOW, ("main_image",), 3)

"""Registered images that a listing's pictures look like: found however near, told only where they tell something."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import bindparam, select

from builders import (
    NOW,
    PHASH,
    a_brand,
    a_listing,
    a_registered_image,
    a_supplier,
    an_authorisation,
    an_outcome,
)
from snapshot_reads import HERE, snapshot
from zhengpin.domain.image import ImageMatch, ImageRole, RegisteredImage
from zhengpin.domain.listing import Image, Listing
from zhengpin.domain.outcome import OutcomeKind
from zhengpin.domain.snapshot import DuplicateUse, SnapshotQuery
from zhengpin.domain.supplier import Shop
from zhengpin.storage import Store, tables
from zhengpin.storage.hash_log import MOST_KEPT, ROWS_AT_ONCE, kept_hashes, log_hashes
from zhengpin.storage.revisions import Topic

LOGGED = select(tables.hash_log.c.hashes).where(
    tables.hash_log.c.marketplace == HERE, tables.hash_log.c.topic == bindparam("topic")
)
ACME = a_brand()
FAKE = a_registered_image("fake", role=ImageRole.CONFIRMED_FAKE, brand_id="")


def a_copy(bits: int, **changes: str) -> Image:
    """A picture that differs from the registered one in so many bits."""
    return Image("https://img.example/copy.jpg", phash=PHASH ^ ((1 << bits) - 1), **changes)


def showing(*images: Image, listing_id: str = "listing-1", supplier_id: str = "acme-factory") -> Listing:
    return a_listing(listing_id, supplier_id=supplier_id, images=images)


def matches(store: Store, listing: Listing) -> tuple[ImageMatch, ...] | None:
    return snapshot(store, SnapshotQuery(listing)).image_matches


def found(store: Store, listing: Listing) -> list[tuple[str, int]]:
    return [(match.registered.image_id, match.distance) for match in matches(store, listing) or ()]


def register(store: Store, *images: RegisteredImage) -> None:
    with store.begin(HERE) as unit:
        unit.registered_images.upsert_many(images)


@pytest.fixture
def registered(store: Store) -> Store:
    """A store that knows Acme and an official picture of its kettle."""
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([ACME], NOW)
    register(store, a_registered_image())
    return store


@pytest.mark.parametrize("bits", range(10))
def test_a_copy_is_found_within_eight_bits(registered: Store, bits: int) -> None:
    expected = [("image-1", bits)] if bits <= 8 else []
    assert found(registered, showing(a_copy(bits))) == expected


def test_the_same_file_is_found_without_a_perceptual_hash(registered: Store) -> None:
    assert found(registered, showing(Image("there", sha256="c" * 64))) == [("image-1", 0)]
    assert found(registered, showing(Image("there", sha256="d" * 64))) == []
    register(registered, a_registered_image(phash=None))
    assert found(registered, showing(a_copy(2, sha256="c" * 64))) == [("image-1", 0)]


def test_without_anything_to_compare_it_is_not_known(registered: Store) -> None:
    assert matches(registered, showing()) is None
    assert matches(registered, showing(Image("a"), Image("b", phash=0))) is None
    assert matches(registered, showing(Image("a", phash=2**32 - 1))) == ()


def test_without_a_registered_image_it_is_not_known(store: Store) -> None:
    assert matches(store, showing(a_copy(0))) is None


def test_an_image_that_is_replaced_is_found_under_its_new_hash_alone(registered: Store) -> None:
    assert found(registered, showing(a_copy(0))) == [("image-1", 0)]
    register(registered, a_registered_image(phash=2**32 - 1, sha256=""))
    assert found(registered, showing(a_copy(0))) == []
    assert found(registered, showing(Image("new", phash=2**32 - 2))) == [("image-1", 1)]


def test_many_images_under_one_hash_are_compared_up_to_fifty(registered: Store) -> None:
    register(registered, *(a_registered_image(f"same-{number:05}") for number in range(10_000)))
    assert len(found(registered, showing(a_copy(1)))) == 50


@pytest.mark.parametrize("who", ["acme-owner", "agent", "official"])
def test_official_images_are_not_held_against_who_may_sell_the_brand(registered: Store, who: str) -> None:
    with registered.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier("official", shops=(Shop("flagship", official_store=True),))], NOW)
        unit.authorisations.upsert_many(
            [an_authorisation(licensee_id="agent"), an_authorisation("2", licensor_id="x", licensee_id="official")]
        )
    assert found(registered, showing(a_copy(3), supplier_id=who)) == []
    assert found(registered, showing(a_copy(3), supplier_id="stranger")) == [("image-1", 3)]


def test_of_a_brand_that_nobody_registered_nobody_can_tell_who_may_show_it(registered: Store) -> None:
    register(registered, a_registered_image(brand_id="unheard-of"))
    assert found(registered, showing(a_copy(0))) == []


def confirm(store: Store, listing: Listing, kind: OutcomeKind = OutcomeKind.FAKE, days_ago: int = 1) -> None:
    with store.begin(HERE) as unit:
        if unit.listings.find(listing.listing_id) is None:
            unit.listings.upsert_many([(listing, "")], NOW - timedelta(days=9))
        found_at = NOW - timedelta(days=days_ago)
        unit.outcomes.record_many(
            [an_outcome(f"{kind}-{days_ago}", listing_id=listing.listing_id, found_at=found_at, kind=kind)]
        )


FAKES_LISTING = showing(a_copy(0), Image("b", phash=1), listing_id="fake", supplier_id="faker")


def test_what_a_confirmed_fake_showed_is_known_even_after_it_was_deleted(store: Store) -> None:
    confirm(store, FAKES_LISTING)
    with store.begin(HERE) as unit:
        unit.listings.delete("fake", NOW)
    (match,) = matches(store, showing(a_copy(4))) or ()
    assert (match.registered.image_id, match.distance) == ("fake-1#0", 4)
    assert match.registered.listing_id == "fake"
    assert match.registered.first_shown_at == NOW - timedelta(days=9)
    assert matches(store, FAKES_LISTING) == ()


def test_what_was_found_to_be_genuine_later_is_no_fakes(store: Store) -> None:
    confirm(store, FAKES_LISTING, days_ago=3)
    confirm(store, FAKES_LISTING, OutcomeKind.GENUINE, days_ago=2)
    assert found(store, showing(a_copy(4))) == []
    confirm(store, FAKES_LISTING, days_ago=1)
    assert found(store, showing(a_copy(4)))


def test_the_same_outcome_told_twice_registers_its_images_once(store: Store) -> None:
    confirm(store, FAKES_LISTING)
    confirm(store, FAKES_LISTING)
    assert len(found(store, showing(a_copy(4)))) == 1


def test_an_official_picture_that_a_fake_showed_accuses_nobody_of_showing_a_fakes(registered: Store) -> None:
    register(registered, FAKE)
    assert found(registered, showing(a_copy(2))) == [("image-1", 2)]
    assert found(registered, showing(a_copy(2), supplier_id="acme-owner")) == []


def test_a_picture_that_one_shows_who_may_sell_the_brand_is_no_fakes(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([ACME], NOW)
    register(store, FAKE)
    assert found(store, showing(a_copy(2))) == [("fake", 2)]
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(showing(a_copy(5), listing_id="own", supplier_id="acme-owner"), "")], NOW)
    assert found(store, showing(a_copy(2))) == []


def put_on_sale(store: Store, listing_id: str, supplier_id: str, days_ago: int, shown: Image) -> None:
    with store.begin(HERE) as unit:
        listing = showing(shown, listing_id=listing_id, supplier_id=supplier_id)
        unit.listings.upsert_many([(listing, "")], NOW - timedelta(days=days_ago))


@pytest.mark.parametrize(
    ("supplier_id", "days_ago", "expected"),
    [("another", 10, []), ("another", 9, ["fake-1#0"]), ("faker", 10, ["fake-1#0"])],
)
def test_what_another_supplier_showed_before_the_fake_is_no_fakes(
    store: Store, supplier_id: str, days_ago: int, expected: list[str]
) -> None:
    put_on_sale(store, "theirs", supplier_id, days_ago, a_copy(5))
    confirm(store, FAKES_LISTING)
    assert [image_id for image_id, _ in found(store, showing(a_copy(2)))] == expected


def test_an_older_listing_that_shows_the_fakes_picture_only_since_then_clears_nothing(store: Store) -> None:
    put_on_sale(store, "theirs", "another", 30, Image("https://img.example/other.jpg", phash=2**32 - 1))
    confirm(store, FAKES_LISTING)
    put_on_sale(store, "theirs", "another", 2, a_copy(5))
    assert found(store, showing(a_copy(2))) == [("fake-1#0", 2)]


def test_what_a_listing_shows_that_was_found_to_be_genuine_is_no_fakes(store: Store) -> None:
    put_on_sale(store, "theirs", "another", 2, a_copy(5))
    confirm(store, FAKES_LISTING)
    assert found(store, showing(a_copy(2))) == [("fake-1#0", 2)]
    confirm(store, showing(listing_id="theirs"), OutcomeKind.GENUINE)
    assert found(store, showing(a_copy(2))) == []


@pytest.mark.parametrize(("others", "expected"), [(50, [("fake", 0)]), (51, [])])
def test_a_stock_picture_that_a_fake_showed_accuses_nobody(
    store: Store, others: int, expected: list[tuple[str, int]]
) -> None:
    register(store, FAKE)
    with store.begin(HERE) as unit:
        unit.listings.upsert_many(list(many_copies(others)), NOW)
    assert found(store, showing(a_copy(0))) == expected


def shows(store: Store, bits: int) -> DuplicateUse | None:
    return snapshot(store, SnapshotQuery(showing(a_copy(bits)))).duplicates


def test_copies_of_one_picture_are_shared_within_six_bits(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(showing(a_copy(0), listing_id="theirs", supplier_id="other"), "")], NOW)
    assert shows(store, 6) == DuplicateUse(1, 1)
    assert shows(store, 7) == DuplicateUse()
    with store.begin(HERE) as unit:
        unit.listings.delete("theirs", NOW)
    assert shows(store, 6) == DuplicateUse()


def many_copies(count: int) -> Iterator[tuple[Listing, str]]:
    for number in range(count):
        copy = Image("u", phash=PHASH ^ (1 << number % 64))
        yield showing(copy, listing_id=f"listing-{number + 2}", supplier_id=f"supplier-{number}"), ""


@pytest.mark.parametrize(("count", "shared"), [(50, 50), (51, 0)])
def test_a_picture_with_copies_in_more_than_fifty_listings_is_a_stock_picture(
    store: Store, count: int, shared: int
) -> None:
    with store.begin(HERE) as unit:
        unit.listings.upsert_many(list(many_copies(count)), NOW)
    assert shows(store, 0) == DuplicateUse(shared, int(shared > 0))


def test_pictures_of_one_colour_are_shared_with_nobody(store: Store) -> None:
    with store.begin(HERE) as unit:
        blank = showing(Image("a", phash=0), listing_id="theirs", supplier_id="other")
        unit.listings.upsert_many([(blank, "")], NOW)
    assert snapshot(store, SnapshotQuery(showing(Image("b", phash=0)))).duplicates == DuplicateUse()


def test_where_there_are_too_many_to_be_kept_the_same_ones_are_still_found(registered: Store) -> None:
    assert found(registered, showing(a_copy(1))) == [("image-1", 1)]
    assert snapshot(registered, SnapshotQuery(showing(a_copy(1)))).copies_looked_for
    with registered.begin(HERE) as unit:
        log_hashes(unit._scope, Topic.REGISTERED_IMAGES, range(MOST_KEPT + 1))
        log_hashes(unit._scope, Topic.SHOWN_PICTURES, range(MOST_KEPT + 1))
        unit.listings.upsert_many([(showing(a_copy(0), listing_id="theirs", supplier_id="other"), "")], NOW)
    assert found(registered, showing(a_copy(1))) == []
    assert not snapshot(registered, SnapshotQuery(showing(a_copy(1)))).copies_looked_for
    assert found(registered, showing(a_copy(0))) == [("image-1", 0)]
    assert found(registered, showing(Image("there", sha256="c" * 64))) == [("image-1", 0)]
    assert shows(registered, 1) == DuplicateUse(strangers_sharing_images=0, images_of_strangers=0)
    assert shows(registered, 0) == DuplicateUse(1, 1, strangers_sharing_images=1, images_of_strangers=1)


def test_what_was_told_bit_by_bit_before_a_process_began_is_found_by_it(store: Store, database_url: str) -> None:
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([ACME], NOW)
        for number in range(ROWS_AT_ONCE + 1):
            unit.registered_images.upsert_many([a_registered_image(f"image-{number}", phash=PHASH ^ number)])
    with closing(Store(database_url)) as begun:
        assert len(found(begun, showing(a_copy(0)))) == ROWS_AT_ONCE + 1


def logged(store: Store, topic: Topic) -> list[int]:
    with store.read(HERE) as reader:
        return [len(row.hashes) for row in reader._scope.rows(LOGGED, topic=topic.value)]


def test_a_picture_that_many_listings_show_counts_once(store: Store, database_url: str) -> None:
    for number in range(3):
        put_on_sale(store, f"listing-{number + 2}", "other", 1, a_copy(0))
    with closing(Store(database_url)) as begun, begun.read(HERE) as reader:
        assert len(kept_hashes(reader._scope, Topic.SHOWN_PICTURES, 3).index) == 1


def test_a_picture_of_which_a_process_knows_that_it_is_logged_is_not_logged_again(store: Store) -> None:
    put_on_sale(store, "theirs", "other", 1, a_copy(0))
    assert shows(store, 0) == DuplicateUse(1, 1)
    put_on_sale(store, "others", "another", 1, a_copy(0))
    assert logged(store, Topic.SHOWN_PICTURES) == [8]
    assert shows(store, 0) == DuplicateUse(2, 1)

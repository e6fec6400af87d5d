"""Snapshots: everything around a listing, read from one state of the store."""

from dataclasses import replace
from datetime import timedelta

from builders import NOW, a_brand, a_list_entry, a_listing, a_supplier, an_authorisation, an_order_event, an_outcome
from snapshot_reads import HERE, PRODUCT, QUERY, snapshot
from zhengpin.domain.look_alike import Imitation
from zhengpin.domain.order import OrderSummary
from zhengpin.domain.outcome import SubjectKind
from zhengpin.domain.snapshot import DuplicateUse, OwnPrice, Snapshot, SnapshotQuery
from zhengpin.storage import Store


def test_of_an_unknown_listing_nothing_is_known(store: Store) -> None:
    assert snapshot(store) == Snapshot(as_of=NOW, listing=QUERY.listing, duplicates=DuplicateUse())


def test_a_stored_listing_comes_with_its_history_and_what_is_asked_now(store: Store) -> None:
    first_seen = NOW - timedelta(days=20)
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(title="Old", price=50), PRODUCT)], first_seen)
        unit.listings.upsert_many([(a_listing(price=80), PRODUCT)], NOW - timedelta(days=1))
        unit.orders.record_many([an_order_event("recent"), an_order_event("old", happened_at=NOW - timedelta(days=60))])
        unit.orders.record_many([an_order_event("elsewhere", listing_id="listing-2", order_id="order-2")])
        unit.outcomes.record_many([an_outcome()])
        unit.suppliers.upsert_many([a_supplier()], NOW)
    read = snapshot(store, SnapshotQuery(a_listing(price=90), PRODUCT))
    assert read.listing == a_listing(price=90)
    assert (read.stored_before, read.first_seen_at) == (True, first_seen)
    assert [edit.fields for edit in read.edits] == [("title",)]
    assert read.own_price == OwnPrice(lowest_30d=50.0, single_7d_ago=50.0)
    assert read.units_sold_total == 2
    assert read.listing_orders == OrderSummary(90, orders=1, units=2)
    assert read.supplier_orders == OrderSummary(30, orders=1, units=1)
    assert read.outcomes == (an_outcome(),)
    assert read.supplier_confirmed_fakes == 1
    assert read.supplier == a_supplier()
    assert read.shop == a_supplier().shops[0]


def test_no_orders_are_known_to_be_none_only_where_orders_are_told(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.orders.record_many([an_order_event(listing_id="listing-2", supplier_id="other")])
    read = snapshot(store)
    assert (read.listing_orders, read.supplier_orders) == (OrderSummary(90), OrderSummary(30))
    assert read.units_sold_total == 0


def test_a_supplier_without_confirmed_fakes_has_none_only_if_it_is_known(store: Store) -> None:
    assert snapshot(store).supplier_confirmed_fakes is None
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier()], NOW)
    assert snapshot(store).supplier_confirmed_fakes == 0


def test_brands_are_found_by_the_listing_its_gtin_and_the_names_in_its_title(store: Store) -> None:
    own, coded = a_brand("acme", aliases=("艾克美",)), a_brand("coded", name="Coded", gtin_prefixes=("690123",))
    named = a_brand("zeta", name="Zeta")
    letter = an_authorisation()
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([named, coded, own], NOW)
        unit.authorisations.upsert_many([letter, an_authorisation("other", brand_id="zeta")])
    query = SnapshotQuery(a_listing(brand="艾 克美"), names=frozenset({"zeta", "acme"}), gtin="06901234567892")
    read = snapshot(store, query)
    assert (read.brand, read.gtin_brands, read.known_brands) == (own, (coded,), (named,))
    assert read.authorisations == (letter,)


def test_what_an_unregistered_name_imitates_is_told(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand("boreal", name="Boreal", aliases=("北原水壶",))], NOW)
    by_field = snapshot(store, SnapshotQuery(a_listing(brand="B0real"))).look_alike
    by_title = snapshot(store, SnapshotQuery(a_listing(brand="", title="北园水壶 1.5升"))).look_alike
    honest = snapshot(store, SnapshotQuery(a_listing(brand="Boreal")))
    assert by_field is not None
    assert (by_field.brand.brand_id, by_field.name, by_field.kind) == ("boreal", "Boreal", Imitation.DIGITS)
    assert by_title is not None
    assert (by_title.name, by_title.kind) == ("北原水壶", Imitation.SOUND)
    assert (honest.look_alike, honest.look_alikes_known) == (None, True)


def test_a_name_imitates_nobody_once_it_is_registered(store: Store) -> None:
    query = SnapshotQuery(a_listing(brand="Borael"))
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand("boreal", name="Boreal")], NOW)
    assert snapshot(store, query).look_alike is not None
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand("borael", name="Borael")], NOW)
    assert snapshot(store, query).look_alike is None


def test_of_two_brands_with_one_name_the_one_with_the_lower_id_is_meant_and_the_other_is_known(store: Store) -> None:
    brands = [a_brand(brand_id, name="Acme") for brand_id in ("B", "a", "A")]
    with store.begin(HERE) as unit:
        unit.brands.upsert_many(brands, NOW)
    read = snapshot(store, SnapshotQuery(a_listing(), names=frozenset({"acme"})))
    assert read.brand == brands[2]
    assert read.known_brands == (brands[0], brands[1])


def test_list_entries_in_force_come_for_every_subject_of_the_listing(store: Store) -> None:
    subjects = {
        SubjectKind.LISTING: "listing-1",
        SubjectKind.SUPPLIER: "acme-factory",
        SubjectKind.SHOP: "acme-factory-shop",
        SubjectKind.BRAND: "acme",
        SubjectKind.GTIN: "06901234567892",
    }
    entries = [a_list_entry(kind, subject_kind=kind, subject=subject) for kind, subject in subjects.items()]
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand()], NOW)
        unit.list_entries.upsert_many([*entries, a_list_entry("over", expires_at=NOW), a_list_entry("x", subject="x")])
    read = snapshot(store, SnapshotQuery(a_listing(), gtin="06901234567892"))
    assert read.list_entries == tuple(entries)


def test_a_listing_that_will_be_stored_with_changes_is_judged_as_it_is_sent(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(), PRODUCT)], NOW)
    sent = replace(a_listing(), title="Other", supplier_id="other")
    read = snapshot(store, SnapshotQuery(sent, PRODUCT))
    assert (read.listing, read.stored_before) == (sent, True)
    assert [edit.fields for edit in read.edits] == [("title", "supplier_id")]

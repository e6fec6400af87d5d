"""Snapshots: everything around a listing, in a number of statements that does not grow with the page."""

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

import pytest

from builders import (
    NOW,
    a_brand,
    a_list_entry,
    a_listing,
    a_price,
    a_supplier,
    an_authorisation,
    an_order_event,
    an_outcome,
    yuan,
)
from zhengpin.domain.listing import Condition, GroupTier, Offer, SaleKind
from zhengpin.domain.order import OrderSummary
from zhengpin.domain.outcome import ListKind, OutcomeKind, SubjectKind
from zhengpin.domain.price import PriceChannel, SellerPrice
from zhengpin.domain.snapshot import DuplicateUse, OwnPrice, Snapshot, SnapshotQuery
from zhengpin.domain.supplier import Shop, Supplier, SupplierState
from zhengpin.storage import Store
from zhengpin.storage.tables import metadata

HERE = "here"
PRODUCT = "acme k15"
QUERY = SnapshotQuery(a_listing(), PRODUCT)


def snapshot(store: Store, query: SnapshotQuery = QUERY) -> Snapshot:
    with store.read(HERE) as reader:
        (read,) = reader.snapshots.read_many([query], NOW)
    return read


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


def test_of_two_brands_with_one_name_the_one_with_the_lower_id_is_meant_and_the_other_is_known(store: Store) -> None:
    brands = [a_brand(brand_id, name="Acme") for brand_id in ("B", "a", "A")]
    with store.begin(HERE) as unit:
        unit.brands.upsert_many(brands, NOW)
    read = snapshot(store, SnapshotQuery(a_listing(), names=frozenset({"acme"})))
    assert read.brand == brands[2]
    assert read.known_brands == (brands[0], brands[1])


def test_baselines_cover_every_kind_of_sale_in_the_listing_s_market(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.prices.record_many(
            [
                a_price("regular"),
                a_price("promotion", sale_kind=SaleKind.PROMOTION),
                a_price("group", channel=PriceChannel.GROUP),
                a_price("used", condition=Condition.USED),
                a_price("abroad", territory="DE"),
            ]
        )
    strata = [baseline.stratum for baseline in snapshot(store).baselines]
    assert {(stratum.sale_kind, stratum.channel) for stratum in strata} == {
        (SaleKind.REGULAR, PriceChannel.SINGLE),
        (SaleKind.PROMOTION, PriceChannel.SINGLE),
        (SaleKind.REGULAR, PriceChannel.GROUP),
    }
    assert len(strata) == 3
    only_groups = a_listing(offer=Offer(group_tiers=(GroupTier(2, yuan(50)),)))
    assert len(snapshot(store, SnapshotQuery(only_groups, PRODUCT)).baselines) == 3
    assert snapshot(store, SnapshotQuery(a_listing(price=None), PRODUCT)).baselines == ()
    assert snapshot(store, SnapshotQuery(a_listing())).baselines == ()


def test_a_price_is_authorised_if_its_seller_may_sell_the_brand_on_the_day_of_the_read(store: Store) -> None:
    sellers = (
        "acme-owner",
        "licensee",
        "of the agent",
        "expired",
        "yesterday",
        "by nobody",
        "official",
        "official by letter",
        "stranger",
        "platform:x",
    )
    stores = ("official", "official by letter")
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand()], NOW)
        unit.authorisations.upsert_many(
            [
                an_authorisation("holds", licensee_id="licensee"),
                an_authorisation("agent", licensee_id="agent", sublicensable=True),
                an_authorisation("by the agent", licensor_id="agent", licensee_id="of the agent"),
                an_authorisation("ended", licensee_id="expired", valid_to=date(2025, 12, 31)),
                an_authorisation("just ended", licensee_id="yesterday", valid_to=date(2026, 2, 28)),
                an_authorisation("nobody's", licensor_id="nobody", licensee_id="by nobody"),
                an_authorisation("nobody's either", licensor_id="nobody", licensee_id="official by letter"),
                an_authorisation("other brand", licensee_id="stranger", brand_id="zeta"),
            ]
        )
        unit.suppliers.upsert_many(
            [a_supplier(each, shops=(Shop(f"flagship of {each}", official_store=True),)) for each in stores], NOW
        )
        seen = NOW - timedelta(days=3)  # the letter of "yesterday" still held then
        unit.prices.record_many([a_price(f"price of {each}", seller=each, captured_at=seen) for each in sellers])
    (baseline,) = snapshot(store).baselines
    authorised = {price.seller for price in baseline.prices if price.authorised}
    assert authorised == {"acme-owner", "licensee", "of the agent", "official by letter"}
    assert {price.seller for price in baseline.prices} == set(sellers)
    assert SellerPrice("licensee", 59.9, seen, authorised=True) in baseline.prices
    (unbranded,) = snapshot(store, SnapshotQuery(a_listing(brand=""), PRODUCT)).baselines
    assert not any(price.authorised for price in unbranded.prices)


def test_a_letter_for_a_brand_without_an_owner_makes_no_reference(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand(owner_id="")], NOW)
        unit.authorisations.upsert_many([an_authorisation(licensee_id="licensee")])
        unit.prices.record_many([a_price(seller="licensee")])
    (baseline,) = snapshot(store).baselines
    assert not baseline.prices[0].authorised


def test_a_letter_makes_a_reference_in_its_own_category_and_territory_alone(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand()], NOW)
        unit.authorisations.upsert_many(
            [
                an_authorisation("toys", licensee_id="toys", category="toys"),
                an_authorisation("kitchen", licensee_id="kitchen", category="kitchen"),
                an_authorisation("abroad", licensee_id="abroad", territory="BR"),
            ]
        )
        unit.prices.record_many([a_price(each, seller=each) for each in ("toys", "kitchen", "abroad")])
    (baseline,) = snapshot(store).baselines
    assert {price.seller for price in baseline.prices if price.authorised} == {"kitchen"}


def test_what_was_found_fake_denied_deleted_or_ended_makes_no_market(store: Store) -> None:
    offers = ("plain", "fake", "cleared", "denied", "allowed", "denial ended", "deleted", "gone", "banned", "suspended")
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(each, supplier_id=f"seller of {each}"), PRODUCT) for each in offers], NOW)
        unit.prices.record_many([a_price(each, seller=f"seller of {each}", listing_id=each) for each in offers])
        unit.prices.record_many([a_price("elsewhere", seller="platform:x")])
        unit.outcomes.record_many(
            [
                an_outcome("1", listing_id="fake"),
                an_outcome("2", listing_id="cleared", found_at=NOW - timedelta(days=2)),
                an_outcome("3", listing_id="cleared", kind=OutcomeKind.GENUINE),
            ]
        )
        unit.list_entries.upsert_many(
            [
                a_list_entry("1", subject_kind=SubjectKind.LISTING, subject="denied"),
                a_list_entry("2", subject_kind=SubjectKind.LISTING, subject="allowed", kind=ListKind.ALLOW),
                a_list_entry("3", subject_kind=SubjectKind.LISTING, subject="denial ended", expires_at=NOW),
                a_list_entry("4", subject="seller of banned"),
            ]
        )
        unit.listings.delete("deleted", NOW)
        unit.suppliers.upsert_many(
            [
                a_supplier("seller of gone", state=SupplierState.TERMINATED),
                a_supplier("seller of suspended", state=SupplierState.SUSPENDED, name='"state":"active"'),
                a_supplier("seller of plain"),
            ],
            NOW,
        )
    (baseline,) = snapshot(store).baselines
    assert {price.seller.removeprefix("seller of ") for price in baseline.prices} == {
        "plain",
        "cleared",
        "allowed",
        "denial ended",
        "platform:x",
    }


def test_shared_images_and_papers_are_counted_over_other_suppliers(store: Store) -> None:
    paper = "p" * 64
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand()], NOW)
        unit.listings.upsert_many(
            [(a_listing(f"listing-{number}", supplier_id=f"supplier-{number % 2}"), "") for number in range(4)], NOW
        )
        unit.authorisations.upsert_many(
            [
                an_authorisation("own", document_sha256=paper),
                an_authorisation("copy", licensee_id="copier", document_sha256=paper),
                an_authorisation("copy again", licensee_id="copier", brand_id="zeta", document_sha256=paper),
                an_authorisation("without a paper", licensee_id="other"),
            ]
        )
    assert snapshot(store).duplicates == DuplicateUse(
        suppliers_sharing_images=2,
        shared_images=1,
        strangers_sharing_images=2,
        images_of_strangers=1,
        suppliers_sharing_document=1,
        strangers_sharing_document=1,
    )


def test_a_letter_is_shared_with_no_stranger_by_a_branch_of_its_company(store: Store) -> None:
    office = a_supplier(name="杭州露维商贸有限公司")
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand()], NOW)
        unit.suppliers.upsert_many([office, a_supplier("branch", name=f"{office.name}义乌分公司")], NOW)
        unit.authorisations.upsert_many(
            [
                an_authorisation("1", document_sha256="p" * 64),
                an_authorisation("2", licensee_id="branch", document_sha256="p" * 64),
            ]
        )
    found = snapshot(store).duplicates
    assert found is not None
    assert (found.suppliers_sharing_document, found.strangers_sharing_document) == (1, 0)


@pytest.mark.parametrize("who", ["acme-owner", "agent", "official"])
def test_a_picture_that_one_shows_who_may_sell_the_brand_is_no_strangers(store: Store, who: str) -> None:
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand(), a_brand("zeta", owner_id="")], NOW)
        unit.suppliers.upsert_many([a_supplier("official", shops=(Shop("flagship", official_store=True),))], NOW)
        unit.authorisations.upsert_many(
            [an_authorisation(licensee_id="agent"), an_authorisation("2", licensor_id="x", licensee_id="official")]
        )
        unit.listings.upsert_many(
            [(a_listing(each, supplier_id=each), "") for each in (who, "stranger")],
            NOW,
        )
    found = snapshot(store).duplicates
    assert found == DuplicateUse(2, 1, strangers_sharing_images=0, images_of_strangers=0)


def test_without_a_known_owner_of_the_brand_nobody_is_a_stranger_to_it(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand(owner_id="")], NOW)
        unit.listings.upsert_many([(a_listing("theirs", supplier_id="other"), "")], NOW)
    assert snapshot(store).duplicates == DuplicateUse(1, 1)


def test_a_terminated_supplier_is_known_under_another_name(store: Store) -> None:
    code, same = "91350100M000100Y43", "91350100-m000100y43"
    gone = a_supplier("gone", registration_code=code, state=SupplierState.TERMINATED)

    def told(*suppliers: Supplier) -> bool | None:
        with store.begin(HERE) as unit:
            unit.suppliers.upsert_many(suppliers, NOW)
        return snapshot(store).company_terminated

    assert told() is None
    assert told(a_supplier(registration_code="n/a"), replace(gone, registration_code="n/a")) is None
    assert told(a_supplier(registration_code=same)) is False
    assert told(replace(gone, state=SupplierState.SUSPENDED)) is False
    assert told(gone) is True
    assert told(replace(gone, state=SupplierState.ACTIVE)) is False
    assert told(a_supplier(registration_code=code, state=SupplierState.TERMINATED)) is False
    assert told(gone) is True


def test_letters_without_a_paper_share_nothing(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand()], NOW)
        unit.authorisations.upsert_many([an_authorisation("one"), an_authorisation("two", licensee_id="other")])
    assert snapshot(store).duplicates == DuplicateUse(strangers_sharing_images=0, images_of_strangers=0)


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


def a_market(store: Store, size: int) -> list[SnapshotQuery]:
    """A page of listings with something of everything around them."""
    listings = [
        a_listing(
            f"listing-{number}", supplier_id=f"supplier-{number % 3}", shop_id=f"shop-{number}", price=50 + number
        )
        for number in range(size)
    ]
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand(gtin_prefixes=("690123",)), a_brand("zeta", name="Zeta")], NOW)
        unit.suppliers.upsert_many([a_supplier(f"supplier-{number}") for number in range(3)], NOW)
        unit.authorisations.upsert_many([an_authorisation(licensee_id="supplier-1", document_sha256="p" * 64)])
        unit.listings.upsert_many([(listing, PRODUCT) for listing in listings], NOW - timedelta(days=9))
        unit.prices.record_many([a_price(f"price-{n}", seller=f"supplier-{n}") for n in range(3)])
        unit.orders.record_many([an_order_event(supplier_id="supplier-1")])
    return [SnapshotQuery(each, PRODUCT, frozenset({"zeta"}), "06901234567892") for each in listings]


def statements_of(store: Store, queries: list[SnapshotQuery]) -> list[str]:
    """What SQLite is asked for a page, with every parameter filled in."""
    asked: list[str] = []

    with store.read(HERE) as reader:
        driver = reader._scope.connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(asked.append)
        reader.snapshots.read_many(queries, NOW)
        driver.set_trace_callback(None)
    return [statement for statement in asked if statement.startswith(("SELECT", "WITH"))]


def test_a_page_gives_each_listing_what_it_gets_alone(store: Store) -> None:
    queries = a_market(store, 12)
    with store.read(HERE) as reader:
        together = reader.snapshots.read_many(queries, NOW)
        assert together == [reader.snapshots.read_many([query], NOW)[0] for query in queries]
        assert reader.snapshots.read_many([], NOW) == []


def test_a_page_takes_as_many_statements_as_one_listing(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    queries = a_market(store, 12)
    alone, together = Store(sqlite_url), Store(sqlite_url)  # each remembers nothing yet
    assert 10 < len(statements_of(together, queries)) == len(statements_of(alone, queries[:1])) < 25
    assert len(statements_of(together, queries)) == len(statements_of(alone, queries[:1])) <= 6
    for each in (store, alone, together):
        each.close()


def test_no_statement_reads_more_of_a_marketplace_than_it_needs(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    queries = a_market(store, 3)
    statements_of(store, queries)  # what is remembered is read whole, once
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier("supplier-1", state=SupplierState.SUSPENDED)], NOW)
    statements = statements_of(store, queries)
    assert len(statements) > 6
    with store._engine.connect() as connection:
        for statement in statements:
            assert "marketplace = 'here'" in statement or "(SELECT 'here'" in statement
            steps = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
            whole = [step for step in steps if step.endswith("(marketplace=?)") and "LIMIT 1" not in statement]
            tables = [step for step in steps if step.startswith("SCAN") and step.split()[1] in metadata.tables]
            assert (whole, tables) == ([], []), statement
    store.close()


def test_a_listing_that_will_be_stored_with_changes_is_judged_as_it_is_sent(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(), PRODUCT)], NOW)
    sent = replace(a_listing(), title="Other", supplier_id="other")
    read = snapshot(store, SnapshotQuery(sent, PRODUCT))
    assert (read.listing, read.stored_before) == (sent, True)
    assert [edit.fields for edit in read.edits] == [("title", "supplier_id")]

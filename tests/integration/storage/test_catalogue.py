"""Suppliers, brands, outcomes and list entries: what is stored comes back, and is found by what it is looked up by."""

from datetime import UTC, date, datetime, timedelta

from builders import NOW, a_brand, a_list_entry, a_listing, a_supplier, an_authorisation, an_outcome, yuan
from zhengpin.domain.brand import Authorisation, Brand
from zhengpin.domain.outcome import OutcomeKind, SubjectKind
from zhengpin.domain.snapshot import Snapshot, SnapshotQuery
from zhengpin.domain.supplier import Shop
from zhengpin.storage import Reader, Store
from zhengpin.storage.authorisations import MAX_EDGES, MAX_LEVELS
from zhengpin.storage.dossiers import CONFIRMED_FAKE_DAYS

HERE = "here"


def owners(reader: Reader, gtin: str) -> tuple[Brand, ...]:
    return reader.brands.by_gtins([gtin]).get(gtin, ())


def edges_to(reader: Reader, supplier_id: str, brand_id: str = "acme") -> tuple[Authorisation, ...]:
    pair = (supplier_id, brand_id)
    return reader.authorisations.paths_to_many([pair]).get(pair, ())


def seen(store: Store, as_of: datetime = NOW, **listing: str) -> Snapshot:
    with store.read(HERE) as reader:
        return reader.snapshots.read_many([SnapshotQuery(a_listing(**listing), "")], as_of)[0]


def test_a_supplier_comes_back_with_its_shops_in_their_order(store: Store) -> None:
    shops = tuple(Shop(f"shop-{number}", official_store=number == 3) for number in (3, 1, 2))
    supplier = a_supplier(shops=shops, licence_valid_until=date(2027, 1, 1), licence_scope=("kitchen",))
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([supplier], NOW)
        assert unit.suppliers.find_many([supplier.supplier_id]) == {supplier.supplier_id: supplier}
    with store.read(HERE) as reader:
        assert reader.suppliers.find_many([supplier.supplier_id, "nobody"]) == {supplier.supplier_id: supplier}
        assert reader.suppliers.with_official_store(["acme-factory", "nobody"]) == {"acme-factory"}


def test_a_replaced_supplier_loses_the_shops_that_it_no_longer_has(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier(shops=(Shop("old"), Shop("kept")))], NOW)
        unit.suppliers.upsert_many([a_supplier(shops=(Shop("kept"), Shop("new")))], NOW)
    with store.read(HERE) as reader:
        (supplier,) = reader.suppliers.find_many(["acme-factory"]).values()
    assert [shop.shop_id for shop in supplier.shops] == ["kept", "new"]
    assert seen(store, shop_id="kept").shop == Shop("kept")
    assert seen(store, shop_id="old").shop is None


def test_a_shop_belongs_to_the_supplier_that_named_it_last(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier("first", shops=(Shop("moving"),))], NOW)
        unit.suppliers.upsert_many([a_supplier("second", shops=(Shop("moving"),))], NOW)
        found = unit.suppliers.find_many(["first", "second"])
    assert {key: supplier.shops for key, supplier in found.items()} == {"first": (), "second": (Shop("moving"),)}


def test_of_two_suppliers_with_one_id_in_a_call_the_last_is_kept(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier(name="first"), a_supplier(name="last")], NOW)
        (supplier,) = unit.suppliers.find_many(["acme-factory"]).values()
    assert supplier.name == "last"


def test_a_brand_is_found_by_its_name_and_aliases_however_they_are_written(store: Store) -> None:
    brand = a_brand(name="Nestlé", aliases=("雀巢", "NESTLE Co."), reference_price=yuan("12.50"))
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([brand, a_brand("other", name="Other")], NOW)
    with store.read(HERE) as reader:
        for name in ("ＮＥＳＴＬÉ", "雀 巢", "nestle-co"):
            assert list(reader.brands.by_names([name]).values()) == [(brand,)]
        assert reader.brands.by_names(["Nestlé", "雀巢"]) == {"nestlé": (brand,), "雀巢": (brand,)}
        assert reader.brands.by_names(["", "!", "unknown"]) == {}


def test_a_replaced_brand_is_no_longer_found_by_its_old_names_and_prefixes(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand(name="Old", gtin_prefixes=("690123",))], NOW)
        unit.brands.upsert_many([a_brand(name="New", gtin_prefixes=("690999",))], NOW)
        assert unit.brands.by_names(["old"]) == {}
        assert owners(unit, "06901234567892") == ()
        assert owners(unit, "06909991234560") == (a_brand(name="New", gtin_prefixes=("690999",)),)


def test_the_longest_company_prefix_owns_a_gtin(store: Store) -> None:
    wide, narrow = a_brand("wide", gtin_prefixes=("690123",)), a_brand("narrow", gtin_prefixes=("69012345", "400000"))
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([wide, narrow], NOW)
        assert owners(unit, "06901234567892") == (narrow,)
        assert owners(unit, "16901239999990") == (wide,)
        assert owners(unit, "05000000000000") == ()


def test_brands_of_one_house_may_share_a_company_prefix(store: Store) -> None:
    shared = [a_brand(brand_id, gtin_prefixes=("690123",)) for brand_id in ("soap", "nappies")]
    with store.begin(HERE) as unit:
        unit.brands.upsert_many(shared, NOW)
        assert owners(unit, "06901234567892") == (shared[1], shared[0])


def test_paths_lead_backwards_from_the_supplier_within_the_brand(store: Store) -> None:
    edges = [
        an_authorisation("owner-agent", licensor_id="owner", licensee_id="agent", sublicensable=True),
        an_authorisation("agent-shop", licensor_id="agent", licensee_id="shop"),
        an_authorisation("agent-other", licensor_id="agent", licensee_id="other"),
        an_authorisation("other-brand", licensor_id="owner", licensee_id="shop", brand_id="zeta"),
    ]
    with store.begin(HERE) as unit:
        unit.authorisations.upsert_many(edges)
        assert edges_to(unit, "shop") == (edges[1], edges[0])
        assert edges_to(unit, "owner") == ()


def test_a_circle_of_authorisations_ends(store: Store) -> None:
    circle = [
        an_authorisation(f"edge-{number}", licensor_id=f"s{number}", licensee_id=f"s{(number + 1) % 3}")
        for number in range(3)
    ]
    with store.begin(HERE) as unit:
        unit.authorisations.upsert_many(circle)
        assert {edge.authorisation_id for edge in edges_to(unit, "s0")} == {
            "edge-0",
            "edge-1",
            "edge-2",
        }


def test_paths_are_followed_for_ten_levels(store: Store) -> None:
    chain = [
        an_authorisation(f"edge-{number:02}", licensor_id=f"s{number + 1}", licensee_id=f"s{number}")
        for number in range(MAX_LEVELS + 3)
    ]
    with store.begin(HERE) as unit:
        unit.authorisations.upsert_many(chain)
        assert edges_to(unit, "s0") == tuple(chain[:MAX_LEVELS])


def test_of_too_many_edges_the_nearest_are_kept(store: Store) -> None:
    near = [an_authorisation(f"near-{number:04}", licensor_id="hub", licensee_id="shop") for number in range(MAX_EDGES)]
    with store.begin(HERE) as unit:
        unit.authorisations.upsert_many([*near, an_authorisation("a-far", licensor_id="owner", licensee_id="hub")])
        found = edges_to(unit, "shop")
    assert sorted(edge.authorisation_id for edge in found) == [edge.authorisation_id for edge in near]


def test_an_outcome_is_stored_once_and_the_newest_comes_first(store: Store) -> None:
    first, second = an_outcome("one"), an_outcome("two", found_at=NOW + timedelta(days=1), kind=OutcomeKind.GENUINE)
    with store.begin(HERE) as unit:
        assert unit.outcomes.record_many([first, second, an_outcome("one", note="again")]) == 2
        assert unit.outcomes.record_many([first]) == 0
    assert seen(store, second.found_at).outcomes == (second, first)
    assert seen(store, second.found_at, listing_id="listing-2").outcomes == ()


def test_confirmed_fakes_count_listings_of_the_supplier_in_the_window(store: Store) -> None:
    since = NOW - timedelta(days=CONFIRMED_FAKE_DAYS)
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(f"listing-{number}"), "") for number in range(5)], NOW)
        unit.outcomes.record_many(
            [
                an_outcome("counts", listing_id="listing-0", found_at=since),
                an_outcome("same listing", listing_id="listing-0"),
                an_outcome("too old", listing_id="listing-1", found_at=since - timedelta(seconds=1)),
                an_outcome("genuine", listing_id="listing-2", kind=OutcomeKind.GENUINE),
                an_outcome("overturned", listing_id="listing-3", found_at=NOW - timedelta(days=2)),
                an_outcome("overturns", listing_id="listing-3", kind=OutcomeKind.GENUINE, found_at=NOW),
                an_outcome("counts too", listing_id="listing-4", found_at=NOW),
            ]
        )
        unit.suppliers.upsert_many([a_supplier("other")], NOW)
    assert seen(store).supplier_confirmed_fakes == 2
    assert seen(store, supplier_id="other").supplier_confirmed_fakes == 0


def test_list_entries_are_found_by_what_they_are_about_and_replaced_by_id(store: Store) -> None:
    entry = a_list_entry(expires_at=datetime(2026, 5, 1, tzinfo=UTC))
    by_name = a_list_entry("same-text", subject_kind=SubjectKind.LISTING)
    with store.begin(HERE) as unit:
        unit.list_entries.upsert_many([a_list_entry(), by_name])
        unit.list_entries.upsert_many([entry])
        assert unit.list_entries.about([(SubjectKind.SUPPLIER, "acme-factory")]) == (entry,)
        assert unit.list_entries.about([(SubjectKind.SHOP, "acme-factory")]) == ()
        assert unit.list_entries.about([]) == ()

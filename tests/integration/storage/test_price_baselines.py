"""Baselines of a snapshot: what others ask, and which of their prices are a reference."""

from datetime import date, timedelta

from builders import NOW, a_brand, a_list_entry, a_listing, a_price, a_supplier, an_authorisation, an_outcome, yuan
from snapshot_reads import HERE, PRODUCT, snapshot
from zhengpin.domain.listing import Condition, GroupTier, Listing, Offer, SaleKind
from zhengpin.domain.outcome import ListKind, OutcomeKind, SubjectKind
from zhengpin.domain.price import PriceChannel, SellerPrice
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.domain.supplier import Shop, SupplierState
from zhengpin.storage import Store


def test_a_snapshot_has_the_strata_that_the_listing_s_own_prices_compare_with(store: Store) -> None:
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
    groups = (GroupTier(2, yuan(50)), GroupTier(9, yuan(40)))
    assert strata_of(store, a_listing()) == {(SaleKind.REGULAR, PriceChannel.SINGLE)}
    assert strata_of(store, a_listing(offer=Offer(group_tiers=groups))) == {(SaleKind.REGULAR, PriceChannel.GROUP)}
    assert strata_of(store, a_listing(offer=Offer(yuan(60), group_tiers=groups))) == {
        (SaleKind.REGULAR, PriceChannel.SINGLE),
        (SaleKind.REGULAR, PriceChannel.GROUP),
    }
    on_sale = Offer(yuan(60), sale_kind=SaleKind.PROMOTION)
    assert strata_of(store, a_listing(offer=on_sale)) == {(SaleKind.PROMOTION, PriceChannel.SINGLE)}
    assert strata_of(store, a_listing(price=None)) == set()
    assert snapshot(store, SnapshotQuery(a_listing())).baselines == ()


def strata_of(store: Store, listing: Listing) -> set[tuple[SaleKind, PriceChannel]]:
    baselines = snapshot(store, SnapshotQuery(listing, PRODUCT)).baselines
    return {(baseline.stratum.sale_kind, baseline.stratum.channel) for baseline in baselines}


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

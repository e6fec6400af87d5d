"""What listings ask as they are told is what the market remembers of their sellers, however often it changes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from builders import NOW, a_listing, yuan
from zhengpin.domain.listing import GroupTier, Listing
from zhengpin.domain.money import NANOS
from zhengpin.storage import Store, tables
from zhengpin.storage.quotes import Quote, quotes_from_text
from zhengpin.usecases.rebuild_summaries import RebuildSummaries
from zhengpin.usecases.record_facts import store_listings

HERE = "here"
MORNING = datetime.combine(NOW.date(), datetime.min.time(), NOW.tzinfo)


def tell(store: Store, *listings: Listing, at: datetime = NOW, marketplace: str = HERE) -> None:
    with store.begin(marketplace) as unit:
        store_listings(unit, listings, at)


def quotes(store: Store, marketplace: str = HERE) -> dict[str, Quote]:
    """What the baselines of single prices hold, by seller."""
    baselines = tables.baselines.c
    texts = select(baselines.quotes).where(baselines.marketplace == marketplace, baselines.channel == "single")
    with store._engine.connect() as connection:
        told = [quote for row in connection.execute(texts) for quote in quotes_from_text(row.quotes)]
    return {quote.seller: quote for quote in told}


def asked(store: Store, marketplace: str = HERE) -> Mapping[str, int]:
    """What each seller asks, in whole yuan."""
    return {seller: quote.nanos // NANOS for seller, quote in quotes(store, marketplace).items()}


def observed(store: Store, marketplace: str = HERE) -> int:
    """How many observations are stored."""
    told = tables.price_observations.c
    with store._engine.connect() as connection:
        return len(connection.execute(select(told.observation_id).where(told.marketplace == marketplace)).all())


def test_a_price_that_comes_back_within_the_day_is_quoted_again(store: Store) -> None:
    for minute, price in enumerate((100, 10, 100)):
        tell(store, a_listing(price=price), at=NOW + timedelta(minutes=minute))
    assert asked(store) == {"acme-factory": 100}


@pytest.mark.parametrize("change", [{"supplier_id": "other-factory"}, {"territory": "DE"}])
def test_a_listing_that_moves_at_the_same_price_is_quoted_where_it_went(store: Store, change: dict[str, str]) -> None:
    tell(store, a_listing())
    moved = a_listing(**change)
    tell(store, moved, at=NOW + timedelta(minutes=1))
    seen = tables.price_observations.c
    with store._engine.connect() as connection:
        latest = connection.execute(select(seen.seller, seen.territory).order_by(seen.captured_at.desc())).first()
    assert latest == (moved.supplier_id, moved.territory)
    assert quotes(store)[moved.supplier_id].captured_at == NOW + timedelta(minutes=1)


def test_an_unchanged_price_is_observed_once_a_day_and_stays_in_the_market(store: Store) -> None:
    for hours in (0, 1, 23):
        tell(store, a_listing(), at=MORNING + timedelta(hours=hours))
    assert (observed(store), quotes(store)["acme-factory"].captured_at) == (1, MORNING)
    for hours in (24, 30):
        tell(store, a_listing(), at=MORNING + timedelta(hours=hours))
    assert (observed(store), quotes(store)["acme-factory"].captured_at) == (2, MORNING + timedelta(days=1))


def test_an_edit_that_changes_no_price_is_no_new_observation(store: Store) -> None:
    tell(store, a_listing())
    tell(store, a_listing(description="Boils in three minutes."), at=NOW + timedelta(minutes=1))
    assert observed(store) == 1


def test_a_group_price_that_comes_back_is_quoted_again(store: Store) -> None:
    listing = a_listing()
    for minute, price in enumerate((50, 5, 50)):
        offer = replace(listing.offer, group_tiers=(GroupTier(2, yuan(price)),))
        tell(store, replace(listing, offer=offer), at=NOW + timedelta(minutes=minute))
    baselines = tables.baselines.c
    with store._engine.connect() as connection:
        text = connection.execute(select(baselines.quotes).where(baselines.channel == "group")).scalar_one()
    assert [quote.nanos for quote in quotes_from_text(text)] == [yuan(50).nanos]


def test_of_a_listing_that_is_told_twice_at_once_the_last_price_is_quoted(store: Store) -> None:
    for first, last in ((100, 10), (10, 100)):
        marketplace = str(uuid4())
        tell(store, a_listing(price=first), a_listing(price=last), marketplace=marketplace)
        assert asked(store, marketplace) == {"acme-factory": last}


def test_a_deleted_listing_that_is_back_asks_its_price_anew(store: Store) -> None:
    tell(store, a_listing())
    with store.begin(HERE) as unit:
        unit.listings.delete("listing-1", NOW + timedelta(minutes=1))
    tell(store, a_listing(), at=NOW + timedelta(minutes=2))
    assert quotes(store)["acme-factory"].captured_at == NOW + timedelta(minutes=2)


told_offers = st.tuples(
    st.sampled_from([10, 11, 100]), st.sampled_from(["a", "b"]), st.sampled_from([1, 60, 24 * 60, 40 * 24 * 60])
)


@given(told=st.lists(told_offers, min_size=1, max_size=8))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_market_has_the_last_price_of_each_seller_and_one_observation_of_each_change_and_day(
    store: Store, told: list[tuple[int, str, int]]
) -> None:
    marketplace, now = str(uuid4()), MORNING
    history: list[tuple[int, str, datetime]] = []
    for price, seller, minutes in told:
        now += timedelta(minutes=minutes)
        tell(store, a_listing(price=price, supplier_id=seller), at=now, marketplace=marketplace)
        history.append((price, seller, now))
    changes = [after for before, after in pairwise(history) if _offer(before) != _offer(after)]
    assert asked(store, marketplace) == {seller: price for price, seller, _ in history}
    assert observed(store, marketplace) == 1 + len(changes)
    assert not any(each.found for each in RebuildSummaries(store)(marketplace, lambda _: None))


def _offer(told: tuple[int, str, datetime]) -> tuple[object, ...]:
    price, seller, at = told
    return (price, seller, at.date())

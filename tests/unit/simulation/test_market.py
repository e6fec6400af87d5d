"""The simulated marketplace: always the same for a seed, at any size, and any part of it at once."""

from __future__ import annotations

import pytest

from markets import a_market
from zhengpin.errors import InvalidSettings
from zhengpin.simulation import Marketplace


def told(market: Marketplace) -> list[object]:
    """Everything that a market tells."""
    offers = [[each.listing, each.truth, *each.history(), *each.trade()] for each in market.offers()]
    return [*market.parties(), *market.elsewhere(), *market.links(), *offers]


def test_the_same_seed_makes_the_same_market_and_another_another() -> None:
    assert told(a_market(40)) == told(a_market(40))
    assert told(a_market(40)) != told(a_market(40, seed=2))


def test_a_listing_is_the_same_whatever_was_made_before_it() -> None:
    market, backwards = a_market(600), a_market(600)
    numbers = [3, 501, 77, 599, 0]
    first = {number: [market.offer(number).listing, *market.offer(number).trade()] for number in sorted(numbers)}
    numbers.sort(reverse=True)
    assert first == {number: [backwards.offer(number).listing, *backwards.offer(number).trade()] for number in numbers}


def test_a_longer_market_begins_as_a_shorter_one() -> None:
    longer = a_market(90)
    assert [each.listing for each in a_market(30).offers()] == [longer.offer(number).listing for number in range(30)]


def test_fresh_listings_are_new_and_come_from_sellers_that_are_known() -> None:
    market = a_market(600)
    known = {each["supplier"]["supplierId"] for each in market.parties() if "supplier" in each}
    stored = {each.listing["listingId"] for each in market.offers()}
    fresh = [market.fresh(number).listing for number in range(100)]
    assert len({each["listingId"] for each in fresh} - stored) == 100
    assert {each["supplierId"] for each in fresh} <= known
    assert fresh[42] == a_market(600).fresh(42).listing


@pytest.mark.parametrize("listings", [0, -3, 10**9])
def test_a_market_that_can_not_be_is_refused(listings: int) -> None:
    with pytest.raises(InvalidSettings, match="is not from 1 to"):
        a_market(listings)


def test_many_millions_of_listings_can_be_made_and_the_last_is_at_hand() -> None:
    market = a_market(10_000_000)
    assert market.offer(9_999_999).listing["title"]
    assert market.fresh(123_456_789).listing["title"]


def test_orders_are_promised_by_a_day_that_most_keep_and_tell_who_cancelled_them() -> None:
    events = [
        record["order_event"] for offer in a_market(400).offers() for record in offer.trade() if "order_event" in record
    ]
    promised = {each["orderId"]: each["promisedBy"] for each in events if "promisedBy" in each}
    assert promised.keys() == {each["orderId"] for each in events}
    came = [each for each in events if each["kind"] == "ORDER_EVENT_KIND_DELIVERED"]
    late = sum(each["happenedAt"] > promised[each["orderId"]] for each in came) / len(came)
    assert 0 < late < 0.1
    who = {each.get("cancelledBy") for each in events if each["kind"] == "ORDER_EVENT_KIND_CANCELLED"}
    assert who == {"CANCELLED_BY_BUYER", "CANCELLED_BY_SUPPLIER"}

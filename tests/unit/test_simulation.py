"""The simulated marketplace: the same for the same seed, complete, true to its shares, and silent about its truth."""

from __future__ import annotations

from datetime import UTC, datetime

from zhengpin.simulation import Marketplace, load_parameters

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def a_market(listings: int = 120, *, seed: int = 1, fakes: float | None = None) -> Marketplace:
    return Marketplace(load_parameters(fakes=fakes), seed=seed, now=NOW, listings=listings)


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
    forwards = {number: [market.offer(number).listing, *market.offer(number).trade()] for number in sorted(numbers)}
    numbers.sort(reverse=True)
    assert forwards == {
        number: [backwards.offer(number).listing, *backwards.offer(number).trade()] for number in numbers
    }


def test_a_longer_market_begins_as_a_shorter_one() -> None:
    assert [each.listing for each in a_market(30).offers()] == [a_market(90).offer(n).listing for n in range(30)]


def test_fresh_listings_are_new_and_come_from_sellers_that_are_known() -> None:
    market = a_market(600)
    known = {each["supplier"]["supplierId"] for each in market.parties() if "supplier" in each}
    stored = {each.listing["listingId"] for each in market.offers()}
    fresh = [market.fresh(number).listing for number in range(100)]
    assert len({each["listingId"] for each in fresh} - stored) == 100
    assert {each["supplierId"] for each in fresh} <= known
    assert fresh[42] == a_market(600).fresh(42).listing

"""Prices and baselines: whatever the order of arrival, a baseline is what a full recomputation would give."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import MAXYEAR, datetime, timedelta
from itertools import product
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import NOW, a_listing, a_price, yuan
from zhengpin.domain.listing import Condition, SaleKind
from zhengpin.domain.moment import moment_of
from zhengpin.domain.money import Money
from zhengpin.domain.price import BASELINE_DAYS, BASELINE_SELLERS, PriceChannel, PriceObservation, Stratum
from zhengpin.domain.snapshot import OwnPrice
from zhengpin.storage import Store
from zhengpin.storage.prices import stratum_of
from zhengpin.storage.quotes import (
    Quote,
    Quotes,
    Window,
    columns_from_text,
    merged,
    quote_of,
    quotes_from_text,
    text_with,
)

HERE = "here"
STRATA = [
    Stratum("acme k15", "CN", "CNY", Condition.NEW, sale_kind, channel)
    for sale_kind, channel in product(SaleKind, PriceChannel)
]
REGULAR = STRATA[0]

observations = st.builds(
    a_price,
    st.uuids().map(str),
    price=st.integers(1, 9),
    seller=st.sampled_from(["a", "b", "platform:c"]),
    captured_at=st.integers(-BASELINE_DAYS - 3, 3).map(lambda days: NOW + timedelta(days=days)),
    sale_kind=st.sampled_from(SaleKind),
    channel=st.sampled_from(PriceChannel),
)


def recomputed(
    prices: Sequence[PriceObservation], as_of: datetime
) -> dict[Stratum, list[tuple[datetime, str, str, int]]]:
    """Baselines from all observations at once, the plain way."""
    found: dict[Stratum, dict[str, PriceObservation]] = {}
    for price in sorted(prices, key=lambda price: (price.captured_at, price.observation_id)):
        found.setdefault(stratum_of(price), {})[price.seller] = price
    first = as_of - timedelta(days=BASELINE_DAYS)
    recent = {
        stratum: sorted(
            (
                (price.captured_at, price.observation_id, price.seller, price.unit_price.nanos)
                for price in latest.values()
                if first <= price.captured_at <= as_of
            ),
            reverse=True,
        )
        for stratum, latest in found.items()
    }
    return {stratum: prices for stratum, prices in recent.items() if prices}


def read(store: Store, marketplace: str, as_of: datetime = NOW) -> dict[Stratum, list[Quote]]:
    with store.read(marketplace) as reader:
        texts = reader.prices.quote_texts(STRATA)
    first, last = Window.until(as_of)
    told = {stratum: quotes_from_text(text) for stratum, text in texts.items()}
    recent = {stratum: [each for each in quotes if first <= each.captured <= last] for stratum, quotes in told.items()}
    return {stratum: quotes for stratum, quotes in recent.items() if quotes}


@given(prices=st.lists(observations, max_size=25, unique_by=lambda price: price.observation_id), data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_baseline_is_what_a_full_recomputation_gives_in_any_order_of_arrival(
    store: Store, prices: list[PriceObservation], data: st.DataObject
) -> None:
    marketplace = str(uuid4())
    arriving = data.draw(st.permutations(prices))
    cut = data.draw(st.integers(0, len(arriving)))
    for page in (arriving[:cut], arriving[cut:], arriving[: cut // 2]):  # the last one is sent a second time
        with store.begin(marketplace) as unit:
            unit.prices.record_many(page)
    found = {
        stratum: [(quote.captured_at, quote.observation_id, quote.seller, quote.nanos) for quote in quotes]
        for stratum, quotes in read(store, marketplace).items()
    }
    assert found == recomputed(prices, NOW)


@given(prices=st.lists(observations, max_size=12), limit=st.integers(1, 2), data=st.data())
def test_what_fell_off_the_end_of_a_baseline_never_comes_back(
    prices: list[PriceObservation], limit: int, data: st.DataObject
) -> None:
    quotes = [quote_of(price) for price in prices]
    at_once = merged(quotes)[:limit]
    kept: list[Quote] = []
    for quote in data.draw(st.permutations(quotes)):
        kept = merged([*kept, quote])[:limit]
    assert kept == at_once


quotes_to_add = st.builds(
    Quote,
    captured=st.integers(-3, 30),
    observation_id=st.uuids().map(str),
    seller=st.sampled_from(["a", "b", "ü", '"],["', "],[", "c,", "\\"]),
    nanos=st.integers(1, 9),
    listing_id=st.sampled_from(["", "a", "],["]),
)


@given(quotes=st.lists(quotes_to_add, min_size=1, max_size=12), rising=st.booleans())
def test_quotes_that_are_written_one_by_one_give_the_text_of_all_at_once(quotes: list[Quote], *, rising: bool) -> None:
    text: str | None = None
    for quote in sorted(quotes) if rising else quotes:
        text = text_with(text, [quote])
    assert text == text_with(None, quotes)
    assert quotes_from_text(text) == merged(quotes)
    assert list(map(Quote, *columns_from_text(text))) == merged(quotes)


days = st.integers(0, 60).map(lambda number: number * 86_400_000_000)


@given(captured=st.lists(days, max_size=9), now=days)
def test_a_window_finds_the_moments_in_it_and_when_it_moves(captured: list[int], now: int) -> None:
    newest_first = sorted(captured, reverse=True)

    def within(moment: datetime) -> list[int]:
        window = Window.until(moment)
        found = newest_first[window.of(newest_first)]
        assert found == [each for each in newest_first if window.first <= each <= window.last]
        return found

    as_of = moment_of(now)
    moves = Window.until(as_of).moves_at(newest_first)
    if moves.year == MAXYEAR:
        assert within(as_of + timedelta(days=365)) == within(as_of) == []
        return
    assert within(moves - timedelta(microseconds=1)) == within(as_of) != within(moves)


def test_quotes_that_were_kept_before_they_had_a_listing_have_an_empty_one() -> None:
    assert columns_from_text('[[2,"b","x",5],[1,"a","y",4]]').listing_ids == ("", "")
    assert columns_from_text('[[2,"b","x",5],[1,"a","y",4,"z"]]').listing_ids == ("", "z")
    assert columns_from_text("[]") == Quotes()


def test_a_full_text_has_no_room_for_one_more() -> None:
    text: str | None = None
    for number in range(BASELINE_SELLERS + 3):
        text = text_with(text, [Quote(number, "", f"seller-{number}", 1)])
    assert text is not None
    kept = quotes_from_text(text)
    assert [quote.captured for quote in kept] == list(range(BASELINE_SELLERS + 2, 2, -1))


def test_a_baseline_keeps_the_newest_sellers(store: Store) -> None:
    prices = [
        a_price(f"price-{number}", seller=f"seller-{number}", captured_at=NOW - timedelta(minutes=number))
        for number in range(BASELINE_SELLERS + 10)
    ]
    with store.begin(HERE) as unit:
        unit.prices.record_many(prices[::-1])
    assert [quote.seller for quote in read(store, HERE)[REGULAR]] == [
        f"seller-{number}" for number in range(BASELINE_SELLERS)
    ]


def test_an_observation_is_stored_once(store: Store) -> None:
    with store.begin(HERE) as unit:
        assert unit.prices.record_many([a_price("one"), a_price("one", price=1), a_price("two", seller="other")]) == 2
        assert unit.prices.record_many([a_price("one", price=1)]) == 0
    assert {quote.nanos for quote in read(store, HERE)[REGULAR]} == {yuan("59.90").nanos}


def test_the_window_of_a_baseline_has_both_ends_and_moves_with_time(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.prices.record_many([a_price()])
    assert read(store, HERE, NOW - timedelta(microseconds=1)) == {}
    assert read(store, HERE, NOW) != {}
    assert read(store, HERE, NOW + timedelta(days=BASELINE_DAYS)) != {}
    assert read(store, HERE, NOW + timedelta(days=BASELINE_DAYS, microseconds=1)) == {}


def test_markets_are_kept_apart(store: Store) -> None:
    strays = [
        a_price("product", product_key="zeta"),
        a_price("territory", territory="DE"),
        a_price("currency", unit_price=Money.of(1, "EUR")),
        a_price("condition", condition=Condition.USED),
        a_price("unknown product", product_key=""),
    ]
    with store.begin(HERE) as unit:
        assert unit.prices.record_many([a_price("mine"), *strays]) == 6
    assert {quote.observation_id for quotes in read(store, HERE).values() for quote in quotes} == {"mine"}


def test_a_price_too_large_for_the_database_s_integers_is_kept_exactly(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.prices.record_many([a_price(price=10**12)])
    assert read(store, HERE)[REGULAR][0].nanos == 10**21


def test_a_listing_s_own_prices_hold_until_the_next_one(store: Store) -> None:
    for days_ago, price in ((60, 40), (40, 90), (20, 70), (5, 80)):
        with store.begin(HERE) as unit:
            unit.listings.upsert_many([(a_listing(price=price), "")], NOW - timedelta(days=days_ago))
    with store.read(HERE) as reader:
        own = reader.prices.own_prices([a_listing(price=100)], NOW)
        assert own == {"listing-1": OwnPrice(lowest_30d=70.0, single_7d_ago=70.0)}
        earlier = reader.prices.own_prices([a_listing(price=100)], NOW - timedelta(days=15))
        assert earlier == {"listing-1": OwnPrice(lowest_30d=40.0, single_7d_ago=90.0)}


def test_own_prices_need_a_history_in_the_currency_that_is_asked(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(), "")], NOW)
        assert unit.prices.own_prices([a_listing(price=None)], NOW + timedelta(days=1)) == {}
        assert unit.prices.own_prices([a_listing("other")], NOW + timedelta(days=1)) == {}
        young = unit.prices.own_prices([a_listing(price=55)], NOW + timedelta(days=1))
    assert young == {"listing-1": OwnPrice(lowest_30d=59.9, single_7d_ago=None)}


def test_what_a_listing_asks_now_is_no_price_that_came_before(store: Store) -> None:
    for days_ago, price in ((40, 90), (20, 70), (10, 60), (5, 60)):
        with store.begin(HERE) as unit:
            unit.listings.upsert_many([(a_listing(price=price), "")], NOW - timedelta(days=days_ago))
    with store.read(HERE) as reader:
        own = reader.prices.own_prices([a_listing(price=60)], NOW)
        unchanged = reader.prices.own_prices([a_listing(price=90)], NOW - timedelta(days=30))
        settled = reader.prices.own_prices([a_listing(price=60)], NOW + timedelta(days=21))
    assert own == {"listing-1": OwnPrice(lowest_30d=70.0, single_7d_ago=60.0)}
    assert settled == {"listing-1": OwnPrice(lowest_30d=60.0, single_7d_ago=60.0)}
    assert unchanged == {"listing-1": OwnPrice(lowest_30d=None, single_7d_ago=90.0)}


def test_prices_recorded_of_the_time_before_stand_in_for_what_the_listing_asked_then(store: Store) -> None:
    pair = a_listing(price=100, units_per_pack=2)
    before, after = NOW - timedelta(days=10), NOW + timedelta(hours=1)
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(pair, "")], NOW)
        unit.prices.record_many(
            [
                a_price("before", price=40, listing_id="listing-1", captured_at=before),
                a_price("in a group", price=1, listing_id="listing-1", captured_at=before, channel=PriceChannel.GROUP),
                a_price("after", price=1, listing_id="listing-1", captured_at=after),
                a_price("not stored", price=1, listing_id="listing-9", captured_at=before),
            ]
        )
        own = unit.prices.own_prices([pair], NOW + timedelta(days=1))
    assert own == {"listing-1": OwnPrice(lowest_30d=80.0, single_7d_ago=80.0)}


def test_a_pack_that_grows_at_the_same_price_a_piece_costs_what_it_cost(store: Store) -> None:
    single = a_listing(price=20, title="Acme kettle K15", units_per_pack=1)
    triple = a_listing(price=60, title="Acme kettle K15, pack of 3", units_per_pack=3)
    month_ago, later = NOW - timedelta(days=30), NOW + timedelta(days=1)
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(single, "")], month_ago)
        unit.listings.upsert_many([(triple, "")], NOW)
        own = unit.prices.own_prices([triple], later)
        back = unit.prices.own_prices([single], later)
    assert own == {"listing-1": OwnPrice(lowest_30d=60.0, single_7d_ago=60.0)}
    assert back == {"listing-1": OwnPrice(lowest_30d=20.0, single_7d_ago=20.0)}


def test_a_pack_that_grows_at_one_price_has_asked_more_before(store: Store) -> None:
    single = a_listing(price=30, title="Acme kettle K15", units_per_pack=1)
    triple = replace(single, title="Acme kettle K15, pack of 3", units_per_pack=3)
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(single, "")], NOW - timedelta(days=10))
        unit.listings.upsert_many([(triple, "")], NOW - timedelta(days=1))
        own = unit.prices.own_prices([triple], NOW)
    assert own == {"listing-1": OwnPrice(lowest_30d=90.0, single_7d_ago=90.0)}


def test_where_the_number_of_units_can_t_be_told_prices_compare_as_they_were_asked(store: Store) -> None:
    untold, single = a_listing(price=30, units_per_pack=None), a_listing(price=25)
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(untold, "")], NOW - timedelta(days=10))
        own = unit.prices.own_prices([single], NOW)
    assert own == {"listing-1": OwnPrice(lowest_30d=30.0, single_7d_ago=30.0)}

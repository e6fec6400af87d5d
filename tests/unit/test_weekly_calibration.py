from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from zhengpin.risk.weekly_calibration import CERTAIN, Judged, is_off, weekly_rates, wilson

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def judged(count: int, probability: float, fakes: int, at: datetime = MONDAY) -> list[Judged]:
    return [Judged(at, probability, fake=number < fakes) for number in range(count)]


def test_each_week_has_its_expected_and_its_observed_share() -> None:
    sunday = MONDAY + timedelta(days=6, hours=23)
    first, second = weekly_rates([*judged(10, 0.3, 4, MONDAY + timedelta(days=7)), *judged(20, 0.1, 2, sunday)])
    assert (first.since, first.listings, first.observed) == (date(2026, 3, 2), 20, 0.1)
    assert (second.since, second.listings, second.observed) == (date(2026, 3, 9), 10, 0.4)
    assert (first.expected, second.expected) == pytest.approx((0.1, 0.3))
    assert first.low < 0.1 < first.high


def test_a_week_begins_on_monday_in_utc_wherever_a_listing_was_judged() -> None:
    monday_in_shanghai = datetime(2026, 3, 2, 7, tzinfo=timezone(timedelta(hours=8)))
    (week,) = weekly_rates(judged(1, 0.5, 1, monday_in_shanghai))
    assert week.since == date(2026, 2, 23)


def test_the_interval_is_wilsons() -> None:
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3
    assert wilson(81, 263, 1.959964) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20, 1.959964) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_more_fakes_than_expected_are_off_and_fewer_are_not() -> None:
    assert is_off(judged(400, 0.1, 80))
    assert not is_off(judged(400, 0.1, 44))
    assert not is_off(judged(400, 0.4, 80))  # nobody has looked at most listings yet


def test_a_few_fakes_say_nothing() -> None:
    assert not is_off(judged(100, 0.0, 19))
    assert is_off(judged(100, 0.0, 20))
    assert not is_off([])


def test_a_sample_stands_for_as_many_as_it_was_drawn_from() -> None:
    sample = [Judged(MONDAY, 0.1, fake=False, weight=9.0) for _ in range(10)]
    (week,) = weekly_rates([*judged(10, 1.0, 10), *sample])
    assert (week.listings, week.observed) == (100, 0.1)
    assert week.expected == pytest.approx(0.19)
    assert not is_off([*judged(30, 0.5, 30), *sample * 10])


def test_what_was_expected_rightly_is_within_the_certain_interval() -> None:
    low, high = wilson(10, 100, CERTAIN)
    assert low < 0.1 < high

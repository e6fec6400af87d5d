from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from zhengpin.detectors.local_day import Today, today_in

MARCH_1, MARCH_2 = date(2026, 3, 1), date(2026, 3, 2)


@pytest.mark.parametrize(
    ("country", "hour", "begun", "lasting"),
    [
        ("CN", 15, MARCH_1, MARCH_1),
        ("CN", 16, MARCH_2, MARCH_2),
        ("BR", 2, date(2026, 2, 28), date(2026, 2, 28)),
        ("BR", 3, MARCH_1, MARCH_1),
        ("US", 5, MARCH_1, date(2026, 2, 28)),
        ("", 11, MARCH_2, date(2026, 2, 28)),
        ("", 12, MARCH_2, MARCH_1),
        ("NZ", 9, MARCH_1, date(2026, 2, 28)),
    ],
)
def test_a_day_begins_and_ends_where_it_is_meant(country: str, hour: int, begun: date, lasting: date) -> None:
    assert today_in(country, datetime(2026, 3, 1, hour, tzinfo=UTC)) == Today(begun, lasting)


def test_a_paper_is_valid_on_its_first_and_its_last_day() -> None:
    today = Today(MARCH_1, MARCH_1)
    assert today.lies_within(MARCH_1, MARCH_1)
    assert not today.lies_within(MARCH_2, MARCH_2)
    assert not Today(MARCH_2, MARCH_2).lies_within(MARCH_1, MARCH_1)

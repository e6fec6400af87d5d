"""What one vote weighs, and how weights fade."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.reputation.weights import (
    EPOCH,
    HALF_LIFE,
    Bought,
    at_most,
    grown,
    grown_columns,
    shrunk,
    strength,
    weight,
)

MONTH = timedelta(days=30)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 hypothesis adds it


@pytest.mark.parametrize(
    ("bought", "days", "related", "weight"),
    [
        (Bought.VERIFIED, 400, False, 1.0),
        (Bought.SELLS_IT, 400, False, 0.6),
        (Bought.UNPROVEN, 400, False, 0.3),
        (Bought.VERIFIED, 15, False, 0.5),
        (Bought.VERIFIED, 30, False, 1.0),
        (Bought.VERIFIED, 400, True, 0.2),
        (Bought.UNPROVEN, 3, True, 0.006),
        (Bought.VERIFIED, -3, False, 0.0),
    ],
)
def test_a_vote_weighs_by_purchase_age_and_relation(bought: Bought, days: int, related: bool, weight: float) -> None:
    assert strength(bought, timedelta(days=days), is_related=related) == pytest.approx(weight)


@pytest.mark.parametrize(
    ("known", "trust", "counts"),
    [(0.3, 0.5, 0.5), (0.3, 1.0, 1.0), (1.0, 0.125, 0.41667), (1.0, 0.9, 1.0), (0.0, 1.0, 0.0)],
)
def test_a_purchase_makes_up_for_lacking_trust_but_counts_no_voter_twice(
    known: float, trust: float, counts: float
) -> None:
    assert weight(known, trust, at_most=1.0) == pytest.approx(counts, abs=1e-4)


@pytest.mark.parametrize("bought", Bought)
@pytest.mark.parametrize(("days", "related", "part"), [(9, False, 0.3), (400, True, 0.2), (9, True, 0.06)])
@given(trust=st.floats(0.0, 1.0))
def test_neither_trust_nor_a_purchase_makes_up_for_youth_or_relation(
    bought: Bought, days: int, related: bool, part: float, trust: float
) -> None:
    def counts(age: timedelta, *, is_related: bool) -> float:
        return weight(strength(bought, age, is_related=is_related), trust, at_most(age, is_related=is_related))

    stranger = counts(timedelta(days=400), is_related=False)
    assert counts(timedelta(days=days), is_related=related) == pytest.approx(part * stranger)


@given(weight=st.floats(0.01, 1), cast_at=MOMENTS)
def test_a_weight_halves_every_180_days_whenever_it_is_read(weight: float, cast_at: datetime) -> None:
    kept = grown(weight, cast_at)

    assert shrunk(kept, cast_at) == pytest.approx(weight)
    assert shrunk(kept, cast_at + HALF_LIFE) == pytest.approx(weight / 2)
    assert shrunk(kept, cast_at + 3 * HALF_LIFE) == pytest.approx(weight / 8)


@given(votes=st.lists(st.tuples(st.floats(0, 1), MOMENTS), max_size=20))
def test_columns_grow_as_single_weights_do(votes: list[tuple[float, datetime]]) -> None:
    weights = np.array([weight for weight, _ in votes])
    at = np.array([cast_at.timestamp() for _, cast_at in votes])

    assert grown_columns(weights, at) == pytest.approx([grown(weight, cast_at) for weight, cast_at in votes], rel=1e-9)


def test_votes_of_all_ages_add_up_without_overflow() -> None:
    oldest, latest = datetime(1, 1, 1, tzinfo=UTC), datetime(2260, 1, 1, tzinfo=UTC)

    assert grown(1.0, oldest) ** 2 == 0.0
    assert 1e6 * grown(1.0, latest) ** 2 < float("inf")
    assert shrunk(grown(1.0, EPOCH), latest) < 1e-100

"""Histories of suppliers, ordinary and wild, for tests of the score."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from zhengpin.domain.supplier_score import DailyEvidence, Measure, Prior, Priors, PriorTable, ScorePoints
from zhengpin.suppliers.score.points import points_of
from zhengpin.suppliers.score.standards import STANDARDS, UNFITTED
from zhengpin.suppliers.score.sums import sum_evidence

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = NOW.date()
TABLE = PriorTable("2026-01", date(2026, 1, 1), {"": UNFITTED})

COUNTS = st.one_of(st.just(0.0), st.integers(1, 20).map(float), st.floats(0.01, 1e6))
DAYS = st.integers(0, 1200).map(lambda age: TODAY - timedelta(days=age))
EVIDENCE = st.builds(DailyEvidence, DAYS, st.sampled_from(Measure), COUNTS, COUNTS)
HISTORIES = st.lists(EVIDENCE, max_size=12)
PRIOR = st.builds(Prior, st.floats(1e-4, 0.9), st.floats(1, 1000))
PRIORS: st.SearchStrategy[Priors] = st.tuples(*[PRIOR] * len(STANDARDS))


def points_of_history(history: list[DailyEvidence], priors: Priors = UNFITTED, now: datetime = NOW) -> ScorePoints:
    return points_of(sum_evidence(history, now.date()), priors, (), now)


def a_good_year(orders: int = 1000) -> list[DailyEvidence]:
    """Nearly nothing to complain of, in the last days."""
    day = TODAY - timedelta(days=10)
    return [
        DailyEvidence(day, Measure.ORDERS_CALLED_FAKE, orders, 0),
        DailyEvidence(day, Measure.ORDERS_WITH_DEFECTS, orders * 0.99, orders * 0.01),
        DailyEvidence(day, Measure.HANDOVERS, orders * 0.98, orders * 0.02),
        DailyEvidence(day, Measure.ANSWERS, orders * 0.095, orders * 0.005),
        DailyEvidence(day, Measure.PRICE_CLAIMS, orders, 0),
        DailyEvidence(day, Measure.VOTES, orders * 0.018, orders * 0.002),
        DailyEvidence(day, Measure.AUDITS, 0.9, 0.1),
        DailyEvidence(day, Measure.DEPOSIT_COVER, 1, 0),
    ]

"""`orders.*` by example."""

import pytest

from builders import a_snapshot, an_order_summary
from signal_cases.case import Case
from zhengpin.domain.order import FakeAllegations
from zhengpin.domain.snapshot import Snapshot


def _after(**orders: int) -> Snapshot:
    return a_snapshot(listing_orders=an_order_summary(window_days=90, **orders))


def _written(orders: int) -> Snapshot:
    counted = an_order_summary(window_days=90)
    return a_snapshot(listing_orders=counted, fake_allegations=FakeAllegations(orders))


_NONE_YET = a_snapshot()
_TEN_OF_100_AT_LEAST: float = pytest.approx(0.0607, abs=5e-5)  # type: ignore[assignment]
"""Wilson's lower bound of 10 in 100 with z = 1.645."""

CASES = (
    Case("orders.orders_90d", 100, _after()),
    Case("orders.orders_90d", None, _NONE_YET),
    Case("orders.units_90d", 230, _after(units=230)),
    Case("orders.units_90d", None, _NONE_YET),
    Case("orders.fake_complaints_90d", 3, _after(fake_complaints=3)),
    Case("orders.fake_complaints_90d", None, _NONE_YET),
    Case("orders.fake_complaint_share_lower", _TEN_OF_100_AT_LEAST, _after(fake_complaints=10)),
    Case("orders.fake_complaint_share_lower", None, _after(orders=0)),
    Case("orders.fake_allegations_90d", 2, _written(2)),
    Case("orders.fake_allegations_90d", 0, _written(0)),
    Case("orders.fake_allegations_90d", None, _NONE_YET),
    Case("orders.fake_allegation_share_lower", _TEN_OF_100_AT_LEAST, _written(10)),
    Case("orders.fake_allegation_share_lower", None, _after()),
    Case("orders.not_as_described_90d", 4, _after(not_as_described=4)),
    Case("orders.not_as_described_90d", None, _NONE_YET),
    Case("orders.not_as_described_share_lower", _TEN_OF_100_AT_LEAST, _after(not_as_described=10)),
    Case("orders.not_as_described_share_lower", None, _NONE_YET),
    Case("orders.return_share_lower", _TEN_OF_100_AT_LEAST, _after(returned=10)),
    Case("orders.return_share_lower", None, _after(delivered=0)),
    Case("orders.refund_share_lower", _TEN_OF_100_AT_LEAST, _after(refunded=10)),
    Case("orders.refund_share_lower", None, _NONE_YET),
    Case("orders.late_share_lower", _TEN_OF_100_AT_LEAST, _after(shipped_late=10)),
    Case("orders.late_share_lower", None, _after(shipped=0)),
)

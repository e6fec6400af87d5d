"""`price.genuine_*` and what compares with it, by example."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from builders import NOW, a_forecast, a_genuine_price, a_listing, a_snapshot, yuan
from signal_cases.case import Case
from zhengpin.domain.genuine_price import Basis
from zhengpin.domain.listing import GroupTier, Offer, SaleKind
from zhengpin.domain.snapshot import Snapshot

_FORECAST = a_forecast(100)
_OLD = replace(_FORECAST, made_at=NOW - timedelta(days=31))
_OWN = a_forecast(100, without={"acme-factory": a_genuine_price(200, basis=Basis.BRAND, observations=12)})
_ALONE = a_forecast(100, without={"acme-factory": None})
_GROUPS = (GroupTier(2, yuan(50)), GroupTier(5, yuan(45)))


def _asking(price: int | None, **changes: Any) -> Snapshot:
    return a_snapshot(a_listing(price=price), **{"forecast": _FORECAST, **changes})


def _offering(**offer: Any) -> Snapshot:
    return a_snapshot(a_listing(offer=Offer(**{"single_price": yuan(50), **offer})), forecast=_FORECAST)


def _near(value: float) -> float:
    return pytest.approx(value, rel=1e-9)  # type: ignore[return-value]


CASES = (
    Case("price.genuine_expected", 100, _asking(50)),
    Case("price.genuine_expected", 60, _offering(sale_kind=SaleKind.PROMOTION)),
    Case("price.genuine_expected", 200, _asking(50, forecast=_OWN)),
    Case("price.genuine_expected", None, _asking(50, forecast=_ALONE)),
    Case("price.genuine_expected", None, _asking(50, forecast=_OLD)),
    Case("price.genuine_expected", None, _offering(sale_kind=SaleKind.PRE_ORDER)),
    Case("price.genuine_expected", None, a_snapshot()),
    Case("price.genuine_low", 80, _asking(50)),
    Case("price.genuine_low", None, a_snapshot()),
    Case("price.genuine_basis", "product", _asking(50)),
    Case("price.genuine_basis", "brand", _asking(50, forecast=_OWN)),
    Case("price.genuine_basis", None, a_snapshot()),
    Case("price.genuine_observations", 11, _asking(50)),
    Case("price.genuine_observations", 12, _asking(50, forecast=_OWN)),
    Case("price.genuine_observations", None, a_snapshot()),
    Case("price.vs_genuine", 0.5, _asking(50)),
    Case("price.vs_genuine", _near(50 / 60), _offering(sale_kind=SaleKind.PROMOTION)),
    Case("price.vs_genuine", None, _asking(None)),
    Case("price.below_genuine", True, _asking(79)),
    Case("price.below_genuine", False, _asking(80)),
    Case("price.below_genuine", None, _asking(None)),
    Case("price.group_vs_genuine", 0.5, _offering(group_tiers=_GROUPS)),
    Case("price.group_vs_genuine", None, _asking(50)),
    Case("price.group_vs_genuine", None, _offering(sale_kind=SaleKind.PROMOTION, group_tiers=_GROUPS)),
)

"""Many suppliers in columns are scored as each of them alone."""

from __future__ import annotations

from struct import pack

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unit.suppliers.score.histories import COUNTS, NOW, PRIORS
from zhengpin.domain.hit import Text
from zhengpin.domain.supplier_score import Cap, CapCode, EvidenceSums, Priors, PriorTable
from zhengpin.suppliers.score.columns import add_columns, fade_columns, points_in_columns
from zhengpin.suppliers.score.points import MOST, points_of
from zhengpin.suppliers.score.priors import PriorFit
from zhengpin.suppliers.score.standards import STANDARDS
from zhengpin.suppliers.score.sums import fade

ALL = len(STANDARDS)
EIGHT = st.tuples(*[COUNTS] * ALL)
SUPPLIERS = st.lists(
    st.tuples(EIGHT, EIGHT, st.sampled_from(["", "kettles", "pans"]), st.sampled_from([MOST, 399, 99])),
    min_size=1,
    max_size=5,
)


def _columns(
    suppliers: list[tuple[tuple[float, ...], tuple[float, ...], str, int]],
) -> tuple[bytes, list[str], list[int]]:
    sums = b"".join(pack(f"<{2 * ALL}d", *good, *bad) for good, bad, _, _ in suppliers)
    return sums, [category for _, _, category, _ in suppliers], [limit for _, _, _, limit in suppliers]


@settings(deadline=None)
@given(SUPPLIERS, PRIORS, PRIORS)
def test_columns_say_of_each_supplier_what_the_formula_says(
    suppliers: list[tuple[tuple[float, ...], tuple[float, ...], str, int]], priors: Priors, others: Priors
) -> None:
    table = PriorTable("today", NOW.date(), {"": priors, "kettles": others})
    sums, categories, limits = _columns(suppliers)
    found = points_in_columns(*fade_columns(sums, NOW), table, categories, limits)
    alone = [
        points_of(EvidenceSums(good, bad), table.of(category), _cap(limit), NOW)
        for good, bad, category, limit in suppliers
    ]
    assert found == alone


@settings(deadline=None)
@given(SUPPLIERS)
def test_a_fit_to_columns_is_a_fit_to_each_supplier(
    suppliers: list[tuple[tuple[float, ...], tuple[float, ...], str, int]],
) -> None:
    many = suppliers * 10  # fewer are no category
    sums, categories, _ = _columns(many)
    by_columns, one_by_one = PriorFit(), PriorFit()
    add_columns(by_columns, categories, *fade_columns(sums, NOW))
    for good, bad, category, _ in many:
        one_by_one.add(category, fade(EvidenceSums(good, bad), NOW))
    found, alone = (fit.table("today", NOW.date()) for fit in (by_columns, one_by_one))
    assert found.by_category.keys() == alone.by_category.keys()
    for category, priors in alone.by_category.items():
        for prior, other in zip(priors, found.of(category), strict=True):
            assert other.bad_share == pytest.approx(prior.bad_share)


def test_columns_hold_good_ones_before_bad_ones() -> None:
    good, bad = fade_columns(pack(f"<{2 * ALL}d", *range(2 * ALL)), NOW)
    assert np.all(good < bad)
    assert good.shape == bad.shape == (1, ALL)


def _cap(points: int) -> tuple[Cap, ...]:
    return () if points == MOST else (Cap(CapCode.CONFIRMED_FAKE, points, Text("", ""), ()),)

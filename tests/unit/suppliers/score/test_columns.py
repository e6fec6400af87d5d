"""Many suppliers in columns are scored as each of them alone."""

from __future__ import annotations

from struct import pack
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unit.suppliers.score.histories import COUNTS, NOW, PRIORS
from zhengpin.domain.hit import Text
from zhengpin.domain.supplier_score import Cap, EvidenceSums, Priors, PriorTable
from zhengpin.suppliers.score.caps import AT_MOST
from zhengpin.suppliers.score.columns import add_columns, fade_columns, points_in_columns
from zhengpin.suppliers.score.points import points_of
from zhengpin.suppliers.score.priors import PriorFit
from zhengpin.suppliers.score.standards import STANDARDS
from zhengpin.suppliers.score.sums import fade

ALL = len(STANDARDS)
EIGHT = st.tuples(*[COUNTS] * ALL)
CAPS = [Cap(code, AT_MOST[code], Text("", ""), ()) for code in AT_MOST]
SUPPLIERS = st.lists(
    st.tuples(EIGHT, EIGHT, st.sampled_from(["", "kettles", "pans"]), st.sets(st.sampled_from(CAPS))),
    min_size=1,
    max_size=5,
)
Suppliers: TypeAlias = list[tuple[tuple[float, ...], tuple[float, ...], str, set[Cap]]]


def _columns(suppliers: Suppliers) -> tuple[bytes, list[str], list[tuple[Cap, ...]]]:
    sums = b"".join(pack(f"<{2 * ALL}d", *good, *bad) for good, bad, _, _ in suppliers)
    return sums, [category for _, _, category, _ in suppliers], [tuple(caps) for _, _, _, caps in suppliers]


@settings(deadline=None)
@given(SUPPLIERS, PRIORS, PRIORS)
def test_columns_say_of_each_supplier_what_the_formula_says(
    suppliers: Suppliers, priors: Priors, others: Priors
) -> None:
    table = PriorTable("today", NOW.date(), {"": priors, "kettles": others})
    sums, categories, caps = _columns(suppliers)
    found = points_in_columns(*fade_columns(sums, NOW), table, categories, caps)
    alone = [
        points_of(EvidenceSums(good, bad), table.of(category), tuple(barred), NOW)
        for good, bad, category, barred in suppliers
    ]
    assert found == alone


@settings(deadline=None)
@given(SUPPLIERS)
def test_a_fit_to_columns_is_a_fit_to_each_supplier(suppliers: Suppliers) -> None:
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

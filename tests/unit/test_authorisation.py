from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import an_authorisation
from zhengpin.detectors.authorisation import Place, covers, standing_of
from zhengpin.detectors.local_day import Today
from zhengpin.domain.brand import Authorisation

TODAY = date(2026, 3, 1)
NOW_HERE = Today(TODAY, TODAY)
HERE = Place("kitchen/kettles", "CN")
people = st.sampled_from(["acme-owner", "a", "b", "c", "acme-factory"])
letters = st.builds(
    lambda licensor, licensee, passed_on, year: an_authorisation(
        licensor_id=licensor, licensee_id=licensee, sublicensable=passed_on, valid_to=date(year, 6, 30)
    ),
    people,
    people,
    st.booleans(),
    st.sampled_from([2025, 2026, 2027]),
)


def a_chain(*names: str, sublicensable: bool = True) -> list[Authorisation]:
    pairs = pairwise(names)
    return [an_authorisation(f"{a}-{b}", licensor_id=a, licensee_id=b, sublicensable=sublicensable) for a, b in pairs]


def depth(edges: list[Authorisation], place: Place = HERE) -> int | None:
    path = standing_of(edges, "acme-owner", "acme-factory", place, NOW_HERE).path
    return None if path is None else len(path)


def test_the_owner_needs_no_letter() -> None:
    assert standing_of([], "acme-owner", "acme-owner", HERE, NOW_HERE).path == ()


def test_a_brand_without_a_known_owner_authorises_nobody_who_has_no_letter() -> None:
    assert standing_of([], "", "", HERE, NOW_HERE).authorised is False
    others = [an_authorisation(licensee_id="somebody else")]
    assert standing_of(others, "", "acme-factory", HERE, NOW_HERE).authorised is False


def test_a_letter_for_a_brand_without_a_known_owner_leaves_it_open_while_it_holds() -> None:
    assert standing_of([an_authorisation()], "", "acme-factory", HERE, NOW_HERE).authorised is None
    ended = standing_of([an_authorisation(valid_to=date(2026, 2, 28))], "", "acme-factory", HERE, NOW_HERE)
    assert (ended.authorised, ended.expired) == (False, True)


def test_where_it_may_still_be_yesterday_yesterdays_letter_holds_and_tomorrows_where_it_may_be_tomorrow() -> None:
    tomorrow, yesterday = date(2026, 3, 2), date(2026, 2, 28)
    letters = {
        yesterday: an_authorisation(valid_to=yesterday),
        tomorrow: an_authorisation(valid_from=tomorrow),
    }
    for day, letter in letters.items():
        somewhere = Today(max(day, TODAY), min(day, TODAY))
        assert standing_of([letter], "acme-owner", "acme-factory", HERE, somewhere).authorised
        assert not standing_of([letter], "acme-owner", "acme-factory", HERE, NOW_HERE).authorised


def test_a_letter_may_be_passed_on_if_it_says_so() -> None:
    assert depth(a_chain("acme-owner", "agent", "acme-factory")) == 2
    assert depth(a_chain("acme-owner", "agent", "acme-factory", sublicensable=False)) is None


def test_the_last_letter_need_not_be_passed_on() -> None:
    assert depth(a_chain("acme-owner", "acme-factory", sublicensable=False)) == 1


def test_the_shortest_path_counts_and_of_those_the_one_that_lasts_longest() -> None:
    long = a_chain("acme-owner", "x", "y", "acme-factory")
    soon = an_authorisation("soon", valid_to=date(2026, 3, 2))
    later = an_authorisation("later", valid_to=date(2026, 12, 31))
    path = standing_of([*long, soon, later], "acme-owner", "acme-factory", HERE, NOW_HERE).path
    assert path == (later,)


@pytest.mark.parametrize(
    ("changes", "place", "authorised"),
    [
        ({"category": "kitchen"}, HERE, True),
        ({"category": "food"}, HERE, False),
        ({"category": "kitchen"}, Place("", "CN"), None),
        ({"territory": "CN"}, HERE, True),
        ({"territory": "BR"}, HERE, False),
        ({"territory": "CN"}, Place("kitchen", ""), None),
        ({"valid_from": date(2026, 3, 2)}, HERE, False),
        ({"valid_to": TODAY}, HERE, True),
        ({"valid_to": date(2026, 2, 28)}, HERE, False),
    ],
)
def test_a_letter_covers_its_days_its_category_and_its_territory(
    changes: dict[str, Any], place: Place, authorised: bool | None
) -> None:
    standing = standing_of([an_authorisation(**changes)], "acme-owner", "acme-factory", place, NOW_HERE)
    assert standing.authorised is authorised


def test_expired_is_told_from_never_authorised() -> None:
    ended = an_authorisation(valid_to=date(2026, 2, 28))
    assert standing_of([ended], "acme-owner", "acme-factory", HERE, NOW_HERE).expired
    assert not standing_of([], "acme-owner", "acme-factory", HERE, NOW_HERE).expired


@given(st.lists(letters, max_size=12), letters)
def test_one_more_letter_never_takes_an_authorisation_away(edges: list[Authorisation], more: Authorisation) -> None:
    if depth(edges) is not None:
        assert depth([*edges, more]) is not None


@given(st.lists(letters, max_size=12))
def test_every_letter_of_a_path_holds_and_joins_the_next(edges: list[Authorisation]) -> None:
    path = standing_of(edges, "acme-owner", "acme-factory", HERE, NOW_HERE).path or ()
    assert all(edge.valid_from <= TODAY <= edge.valid_to for edge in path)
    assert all(edge.sublicensable for edge in path[:-1])
    assert all(edge.licensee_id == after.licensor_id for edge, after in pairwise(path))


def test_a_category_covers_what_lies_under_it() -> None:
    assert covers("Food", "food/tea")
    assert covers("food", "Food / Tea")
    assert covers("Food > Tea", "food/tea/green")
    assert not covers("food", "foodware")
    assert not covers("", "food")
